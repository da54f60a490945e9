Feature: Trouble on the way

  A CRM can be busy, ask for patience, or do what it was asked and never say so. None of this says anything about a login,
  so the same login tries again; and a record that is there is not made a second time, nor reported as refused.

  Rule: The answer gets lost, though the record is there

    @N2 @N3 @trace-5
    Scenario Outline: <crm> makes the <kind> <source>, and the answer <loss>, pushed <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the least permitted first
      And Dana has saved a <kind> <source>
      And the answer to the next write in <crm> <loss>
      When Dana pushes the <kind> to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records <creator> as Created By
      And what was reported is so
      And each push has made one record

      @R01
      Examples:
        | crm        | kind    | source  | loss       | mode       | creator |
        | Salesforce | contact | by hand | gets lost  | on its own | Dana    |
        | Salesforce | contact | by hand | gets lost  | in bulk    | Dana    |
        | Salesforce | account | by hand | breaks off | on its own | Dana    |
        | Salesforce | contact | by hand | breaks off | in bulk    | Dana    |

      @R05
      Examples:
        | crm        | kind    | source           | loss      | mode       | creator              |
        | Salesforce | contact | from prospecting | gets lost | on its own | the integration user |
        | Salesforce | account | from prospecting | gets lost | in bulk    | the integration user |

      @R07
      Examples:
        | crm        | kind | source  | loss      | mode       | creator |
        | Salesforce | lead | by hand | gets lost | on its own | Dana    |

      @H1
      Examples:
        | crm     | kind    | source  | loss       | mode       | creator |
        | HubSpot | contact | by hand | gets lost  | on its own | Dana    |
        | HubSpot | contact | by hand | gets lost  | in bulk    | Dana    |
        | HubSpot | account | by hand | breaks off | on its own | Dana    |

  Rule: Nothing was done yet

    @N3 @N6
    Scenario Outline: <trouble>, and the same login tries again with a <kind> <source>, pushed <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the most permitted first
      And Dana has saved a <kind> <source>
      And <trouble>
      When Dana pushes the <kind> to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records <creator> as Created By
      And each push has made one record
      And no other credential has written

      @R01 @trace-6
      Examples:
        | trouble                                  | crm        | kind    | source  | mode       | creator |
        | Salesforce is too busy for the next write | Salesforce | contact | by hand | on its own | Dana    |
        | Salesforce is too busy for the next write | Salesforce | account | by hand | in bulk    | Dana    |

      @R05 @trace-6
      Examples:
        | trouble                                  | crm        | kind    | source           | mode       | creator              |
        | Salesforce is too busy for the next write | Salesforce | contact | from prospecting | on its own | the integration user |
        | Salesforce is too busy for the next write | Salesforce | contact | from prospecting | in bulk    | the integration user |

      @H1 @trace-6
      Examples:
        | trouble                                | crm     | kind    | source  | mode       | creator |
        | HubSpot is too busy for the next write | HubSpot | contact | by hand | on its own | Dana    |
        | HubSpot is too busy for the next write | HubSpot | contact | by hand | in bulk    | Dana    |

      @R01 @trace-7
      Examples:
        | trouble                                       | crm        | kind    | source  | mode       | creator |
        | Salesforce asks to wait before the next write | Salesforce | contact | by hand | on its own | Dana    |
        | Salesforce asks to wait before the next write | Salesforce | account | by hand | in bulk    | Dana    |

      @R05 @trace-7
      Examples:
        | trouble                                       | crm        | kind    | source           | mode       | creator              |
        | Salesforce asks to wait before the next write | Salesforce | contact | from prospecting | on its own | the integration user |

      @H1 @trace-7
      Examples:
        | trouble                                    | crm     | kind    | source  | mode       | creator |
        | HubSpot asks to wait before the next write | HubSpot | contact | by hand | on its own | Dana    |
        | HubSpot asks to wait before the next write | HubSpot | account | by hand | in bulk    | Dana    |

    @R10 @trace-6
    Scenario Outline: Salesforce is too busy for an unlinked person's contact, and team sync tries again, pushed <mode>
      Given Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a contact by hand
      And Salesforce is too busy for the next write
      When Dana pushes the contact to Salesforce <mode>
      Then Salesforce records the integration user as Owner
      And Salesforce records the integration user or the most permitted user as Created By

      Examples:
        | mode       |
        | on its own |
        | in bulk    |
