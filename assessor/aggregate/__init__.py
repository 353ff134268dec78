"""What do thousands of firms say together? From folders of workbooks to ledger, tables and bulletin."""
