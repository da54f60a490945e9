Feature: Salesforce, with a personal login and team sync

  A linked person owns what that person pushes. How the record came into Apollo decides who created it in Salesforce:
  some ways through the person's own login, the others through team sync's.

  Background:
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And colleagues have linked their Salesforce logins, the least permitted first

  Rule: What Dana makes herself goes through her own login

    @R01
    Scenario Outline: A <kind> made by hand, pushed <mode>
      Given Dana has saved a <kind> by hand
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

      Examples:
        | kind    | mode       |
        | contact | on its own |
        | contact | in bulk    |
        | account | on its own |
        | account | in bulk    |

    @R02
    Scenario Outline: A <kind> from a CSV upload, pushed <mode>
      Given Dana has saved a <kind> from a CSV upload
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

      Examples:
        | kind    | mode       |
        | contact | on its own |
        | contact | in bulk    |
        | account | on its own |
        | account | in bulk    |

    @R03
    Scenario Outline: A <kind> from the Chrome extension in Gmail, pushed <mode>
      Given Dana has saved a <kind> from the extension in Gmail
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

      Examples:
        | kind    | mode       |
        | contact | on its own |
        | contact | in bulk    |
        | account | on its own |
        | account | in bulk    |

  Rule: What Apollo finds for her goes through team sync, and she owns it all the same

    @R04
    Scenario Outline: A contact from the Chrome extension in LinkedIn, pushed <mode>
      Given Dana has saved a contact from the extension in LinkedIn
      When Dana pushes the contact to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records the integration user as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @R05
    Scenario Outline: A <kind> <source>, pushed <mode>
      Given Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records the integration user as Created By

      Examples:
        | kind    | source           | mode       |
        | contact | from prospecting | on its own |
        | contact | from prospecting | in bulk    |
        | contact | from search      | on its own |
        | account | from prospecting | on its own |
        | account | from prospecting | in bulk    |

    @R06
    Scenario Outline: A contact <source>, pushed <mode>
      Given Dana has saved a contact <source>
      When Dana pushes the contact to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records the integration user as Created By

      Examples:
        | source                     | mode       |
        | from job change enrichment | on its own |
        | from job change enrichment | in bulk    |
        | from a job change trigger  | on its own |

    @R06
    Scenario: A contact that Apollo pushes by itself after a job change
      Given Dana has saved a contact from job change enrichment
      When Apollo pushes the contact to Salesforce by itself
      Then Salesforce records Dana as Owner
      And Salesforce records the integration user as Created By

    @R04
    Scenario Outline: An account from the Chrome extension in LinkedIn is in no line of the table, pushed <mode>
      Given Dana has saved an account from the extension in LinkedIn
      When Dana pushes the account to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana or the integration user as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @R06
    Scenario Outline: An account from job change enrichment is in no line of the table, pushed <mode>
      Given Dana has saved an account from job change enrichment
      When Dana pushes the account to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana or the integration user as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |
