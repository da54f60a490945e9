Feature: Salesforce, when something is missing or has stopped working

  Which credentials are available can change: team sync is not there or is broken, an access token has expired, a login
  has been revoked, a user has been deactivated. A colleague's login never stands in for Dana's.

  Rule: Dana is linked, and team sync can't be used

    @R15
    Scenario Outline: No team sync, and a source that doesn't need it: a <kind> <source>, <mode>
      Given Dana has linked her Salesforce login
      And team sync is not connected to Salesforce
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

      Examples:
        | kind    | source                      | mode       |
        | contact | by hand                     | on its own |
        | contact | from a CSV upload           | in bulk    |
        | contact | from the extension in Gmail | on its own |
        | account | by hand                     | in bulk    |
        | lead    | from a CSV upload           | on its own |

    @R16
    Scenario Outline: No team sync, and a source that asks for it: a <kind> <source>, <mode>
      Given Dana has linked her Salesforce login
      And team sync is not connected to Salesforce
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner, unless the push is refused
      And Salesforce records Dana or the most permitted user as Created By, unless the push is refused

      Examples:
        | rank  | kind    | source                         | mode       |
        | least | contact | from the extension in LinkedIn | on its own |
        | most  | contact | from prospecting               | in bulk    |
        | least | contact | from job change enrichment     | on its own |
        | most  | account | from prospecting               | in bulk    |
        | least | lead    | from prospecting               | on its own |

    @R17
    Scenario Outline: Nobody else is authenticated at all: a <kind> <source>, <mode>
      Given Dana has linked her Salesforce login
      And team sync is not connected to Salesforce
      And nobody but Dana has linked a Salesforce login
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner, unless the push is refused
      And Salesforce records Dana as Created By, unless the push is refused

      Examples:
        | kind    | source                         | mode       |
        | contact | from the extension in LinkedIn | on its own |
        | contact | from prospecting               | in bulk    |
        | account | from prospecting               | on its own |
        | lead    | from job change enrichment     | in bulk    |

    @R18
    Scenario Outline: Team sync is broken, and the source doesn't need it: a <kind> <source>, <mode>
      Given Dana has linked her Salesforce login
      And colleagues have linked their Salesforce logins, the least permitted first
      And team sync is connected to Salesforce as the integration user
      And the team sync login of Salesforce has been revoked
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records Dana as Created By

      Examples:
        | kind    | source                      | mode       |
        | contact | by hand                     | on its own |
        | contact | from a CSV upload           | in bulk    |
        | account | from the extension in Gmail | on its own |
        | lead    | by hand                     | in bulk    |

    @R19
    Scenario Outline: Team sync is broken, and the source asks for it: a <kind> <source>, <mode>
      Given Dana has linked her Salesforce login
      And colleagues have linked their Salesforce logins, the most permitted first
      And team sync is connected to Salesforce as the integration user
      And the team sync login of Salesforce has been revoked
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner, unless the push is refused
      And Salesforce records Dana or the most permitted user as Created By, unless the push is refused

      Examples:
        | kind    | source                         | mode       |
        | contact | from the extension in LinkedIn | on its own |
        | contact | from prospecting               | in bulk    |
        | account | from prospecting               | on its own |
        | lead    | from job change enrichment     | in bulk    |

  Rule: Dana's own login has stopped working

    @R20
    Scenario Outline: Only the access token is over, so Dana counts as linked: a <kind> <source>, <mode>
      Given Dana's Salesforce login needs a refresh
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records Dana as Owner
      And Salesforce records <creator> as Created By

      Examples:
        | kind    | source                         | mode       | creator              |
        | contact | by hand                        | on its own | Dana                 |
        | contact | from a CSV upload              | in bulk    | Dana                 |
        | account | from the extension in Gmail    | on its own | Dana                 |
        | lead    | by hand                        | in bulk    | Dana                 |
        | contact | from the extension in LinkedIn | on its own | the integration user |
        | account | from prospecting               | in bulk    | the integration user |

    @R20 @trace-4
    Scenario Outline: The token is refreshed once, kept, and refreshed again when it is over again, pushed <mode>
      Given Dana's Salesforce login needs a refresh
      And team sync is connected to Salesforce as the integration user
      And Dana has saved two contacts by hand
      And Dana has pushed the first contact to Salesforce <mode>
      And Dana's Salesforce login needs a refresh
      When Dana pushes the second contact to Salesforce <mode>
      Then Salesforce records Dana as Owner of the first contact
      And Salesforce records Dana as Created By of the first contact
      And Salesforce records Dana as Owner of the second contact
      And Salesforce records Dana as Created By of the second contact

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @R21
    Scenario Outline: The login has been revoked: a <kind> <source>, <mode>
      Given Dana's Salesforce login has been revoked
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the integration user or Dana as Owner, unless the push is refused
      And Salesforce records the integration user or the most permitted user as Created By, unless the push is refused

      Examples:
        | rank  | kind    | source           | mode       |
        | least | contact | by hand          | on its own |
        | most  | contact | from prospecting | in bulk    |
        | least | account | by hand          | in bulk    |
        | most  | lead    | by hand          | on its own |

    @R22
    Scenario Outline: The user has been deactivated: a <kind> <source>, <mode>
      Given Dana's Salesforce login belongs to a deactivated user
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the integration user as Owner, unless the push is refused
      And Salesforce records the integration user or the most permitted user as Created By, unless the push is refused

      Examples:
        | kind    | source           | mode       |
        | contact | by hand          | on its own |
        | contact | from prospecting | in bulk    |
        | account | by hand          | in bulk    |
        | lead    | by hand          | on its own |

    @R23
    Scenario Outline: Dana's login <state>, and there is no team sync: a <kind> <source>, <mode>
      Given Dana's Salesforce login <state>
      And team sync is not connected to Salesforce
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a <kind> <source>
      When Dana pushes the <kind> to Salesforce <mode>
      Then Salesforce records the most permitted user as Owner, unless the push is refused
      And Salesforce records the most permitted user as Created By, unless the push is refused
      And Salesforce records the same person as Owner and as Created By

      Examples:
        | state                         | kind    | source           | mode       |
        | has been revoked              | contact | by hand          | on its own |
        | has been revoked              | account | from prospecting | in bulk    |
        | belongs to a deactivated user | contact | from prospecting | in bulk    |
        | belongs to a deactivated user | lead    | by hand          | on its own |

    @R24
    Scenario Outline: Dana's login <state>, and nobody else is authenticated: a <kind>, <mode>
      Given Dana's Salesforce login <state>
      And team sync is not connected to Salesforce
      And nobody but Dana has linked a Salesforce login
      And Dana has saved a <kind> by hand
      When Dana pushes the <kind> to Salesforce <mode>
      Then the push is refused
      And nothing is created in Salesforce
      And Apollo's error log tells of it

      Examples:
        | state                         | kind    | mode       |
        | has been revoked              | contact | on its own |
        | has been revoked              | account | in bulk    |
        | belongs to a deactivated user | contact | in bulk    |
        | belongs to a deactivated user | lead    | on its own |
