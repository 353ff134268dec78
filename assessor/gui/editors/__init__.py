"""How is each kind of question answered? One editor a kind; all give raw values, none judges them."""
