Feature: Several people, one client

  The client serves everybody, one push after another. What it has learnt, opened or kept for one person must not rub off
  on the next, whoever linked first and whatever was linked, unlinked or replaced in between.

  Rule: One person after another

    @trace-1
    Scenario Outline: Dana pushes to <crm>, then Lee, both linked, each <mode>
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      And Lee has saved a contact by hand
      When Dana pushes Dana's contact to <crm> <mode>
      And Lee pushes Lee's contact to <crm> <mode>
      Then <crm> records Dana as Owner of Dana's contact
      And <crm> records Dana as Created By of Dana's contact
      And <crm> records Lee as Owner of Lee's contact
      And <crm> records Lee as Created By of Lee's contact

      @R01
      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |

      @H1
      Examples:
        | crm     | mode       |
        | HubSpot | on its own |
        | HubSpot | in bulk    |

    @R20 @N6 @trace-1
    Scenario Outline: Both need a refresh, and each gets a token of their own, pushed <mode>
      Given Dana's Salesforce login needs a refresh
      And Lee's Salesforce login needs a refresh
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      And Lee has saved a contact by hand
      When Dana pushes Dana's contact to Salesforce <mode>
      And Lee pushes Lee's contact to Salesforce <mode>
      Then Salesforce records Dana as Owner of Dana's contact
      And Salesforce records Dana as Created By of Dana's contact
      And Salesforce records Lee as Owner of Lee's contact
      And Salesforce records Lee as Created By of Lee's contact
      And no other credential has written

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @trace-2
    Scenario Outline: Dana pushes to <crm>, then Lee, who has never linked, each <mode>
      Given Dana has linked her <crm> login
      And Lee has never linked a <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the least permitted first
      And Dana has saved a contact by hand
      And Lee has saved a contact by hand
      When Dana pushes Dana's contact to <crm> <mode>
      And Lee pushes Lee's contact to <crm> <mode>
      Then <crm> records Dana as Owner of Dana's contact
      And <crm> records Dana as Created By of Dana's contact
      And <crm> records <owner> as Owner of Lee's contact
      And <crm> records the integration user or the most permitted user as Created By of Lee's contact

      @R01 @R10
      Examples:
        | crm        | mode       | owner                |
        | Salesforce | on its own | the integration user |
        | Salesforce | in bulk    | the integration user |

      @H1 @H3
      Examples:
        | crm     | mode       | owner                                                    |
        | HubSpot | on its own | the integration user or the most permitted user or nobody |
        | HubSpot | in bulk    | the integration user or the most permitted user or nobody |

    @R01 @R10 @trace-2
    Scenario: An unlinked person first, then a linked one
      Given Dana has never linked a Salesforce login
      And Lee has linked his Salesforce login
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the most permitted first
      And Dana has saved a contact by hand
      And Lee has saved a contact by hand
      When Dana pushes Dana's contact to Salesforce on its own
      And Lee pushes Lee's contact to Salesforce on its own
      Then Salesforce records the integration user as Owner of Dana's contact
      And Salesforce records the integration user or the most permitted user as Created By of Dana's contact
      And Salesforce records Lee as Owner of Lee's contact
      And Salesforce records Lee as Created By of Lee's contact

    @R01 @R10 @N6 @trace-3
    Scenario Outline: Four people push five contacts each in turn, <mode>
      Given Dana has linked her Salesforce login
      And Lee has linked his Salesforce login
      And Kim has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And Dana has saved 5 contacts by hand
      And Lee has saved 5 contacts by hand
      And Kim has saved 5 contacts by hand
      And the Apollo admin has saved 5 contacts by hand
      When everybody pushes their contacts to Salesforce in turn, each <mode>
      Then Salesforce records Dana as Owner of each of Dana's contacts
      And Salesforce records Dana as Created By of each of Dana's contacts
      And Salesforce records Lee as Owner of each of Lee's contacts
      And Salesforce records Lee as Created By of each of Lee's contacts
      And Salesforce records the integration user as Owner of each of Kim's contacts
      And Salesforce records the integration user or the most permitted user as Created By of each of Kim's contacts
      And Salesforce records the Apollo admin as Owner of each of the Apollo admin's contacts
      And Salesforce records the Apollo admin as Created By of each of the Apollo admin's contacts
      And no other credential has written

      Examples:
        | rank  | mode       |
        | least | on its own |
        | most  | in bulk    |

    @trace-3
    Scenario Outline: Four people from different sources push to <crm> in turn, five contacts each
      Given Dana has linked her <crm> login
      And Lee has linked his <crm> login
      And Kim has never linked a <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the least permitted first
      And Dana has saved 5 contacts by hand
      And Lee has saved 5 contacts from prospecting
      And Kim has saved 5 contacts from prospecting
      And the Apollo admin has saved 5 contacts from a CSV upload
      When everybody pushes their contacts to <crm> in turn, each on its own
      Then <crm> records Dana as Owner of each of Dana's contacts
      And <crm> records Dana as Created By of each of Dana's contacts
      And <crm> records Lee as Owner of each of Lee's contacts
      And <crm> records <prospected> as Created By of each of Lee's contacts
      And <crm> records <unlinked> as Owner of each of Kim's contacts
      And <crm> records the integration user or the most permitted user as Created By of each of Kim's contacts
      And <crm> records the Apollo admin as Owner of each of the Apollo admin's contacts
      And <crm> records the Apollo admin as Created By of each of the Apollo admin's contacts

      @R01 @R02 @R05 @R10
      Examples:
        | crm        | prospected           | unlinked             |
        | Salesforce | the integration user | the integration user |

      @H1 @H2 @H3
      Examples:
        | crm     | prospected                  | unlinked                                                  |
        | HubSpot | Lee or the integration user | the integration user or the most permitted user or nobody |

    @trace-28
    Scenario Outline: <first> links first, then <second>, and Dana pushes to <crm> <mode>
      Given <first> has linked their <crm> login
      And <second> has linked their <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By

      @R01
      Examples:
        | first | second | crm        | mode       |
        | Dana  | Lee    | Salesforce | on its own |
        | Lee   | Dana   | Salesforce | on its own |
        | Dana  | Lee    | Salesforce | in bulk    |
        | Lee   | Dana   | Salesforce | in bulk    |

      @H1
      Examples:
        | first | second | crm     | mode       |
        | Dana  | Lee    | HubSpot | on its own |
        | Lee   | Dana   | HubSpot | on its own |

    @R21 @N6 @trace-28
    Scenario Outline: Colleagues have linked before team sync was connected, the <rank> permitted first, and Dana's login has been revoked, pushed <mode>
      Given Lee has linked his Salesforce login
      And colleagues have linked their Salesforce logins, the <rank> permitted first
      And Dana's Salesforce login has been revoked
      And team sync is connected to Salesforce as the integration user
      And Dana has saved a contact by hand
      And Lee has saved an account by hand
      And Lee has pushed the account to Salesforce on its own
      When Dana pushes the contact to Salesforce <mode>
      Then Salesforce records the integration user or Dana as Owner of the contact, unless the push is refused
      And Salesforce records the integration user or the most permitted user as Created By of the contact, unless the push is refused
      And no other credential has written

      Examples:
        | rank  | mode       |
        | least | on its own |
        | most  | in bulk    |

  Rule: Links come and go between two pushes

    @trace-8
    Scenario Outline: Dana unlinks after a first push to <crm>, pushed <mode>
      Given Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the least permitted first
      And Dana has saved two contacts by hand
      And Dana has pushed the first contact to <crm> <mode>
      When Dana unlinks her <crm> login
      And Dana pushes the second contact to <crm> <mode>
      Then <crm> records Dana as Owner of the first contact
      And <crm> records Dana as Created By of the first contact
      And <crm> records <owner> as Owner of the second contact
      And <crm> records the integration user or the most permitted user as Created By of the second contact

      @R01 @R10
      Examples:
        | crm        | mode       | owner                |
        | Salesforce | on its own | the integration user |
        | Salesforce | in bulk    | the integration user |

      @H1 @H3
      Examples:
        | crm     | mode       | owner                                                     |
        | HubSpot | on its own | the integration user or the most permitted user or nobody |

    @trace-9
    Scenario Outline: Dana links after a first push to <crm>, pushed <mode>
      Given Dana has never linked a <crm> login
      And team sync is connected to <crm> as the integration user
      And colleagues have linked their <crm> logins, the most permitted first
      And Dana has saved two contacts by hand
      And Dana has pushed the first contact to <crm> <mode>
      When Dana links her <crm> login
      And Dana pushes the second contact to <crm> <mode>
      Then <crm> records <owner> as Owner of the first contact
      And <crm> records the integration user or the most permitted user as Created By of the first contact
      And <crm> records Dana as Owner of the second contact
      And <crm> records Dana as Created By of the second contact

      @R01 @R10
      Examples:
        | crm        | mode       | owner                |
        | Salesforce | on its own | the integration user |
        | Salesforce | in bulk    | the integration user |

      @H1 @H3
      Examples:
        | crm     | mode       | owner                                                     |
        | HubSpot | on its own | the integration user or the most permitted user or nobody |

    @R01 @R21 @trace-9
    Scenario Outline: Dana links again after a push has found her login revoked, pushed <mode>
      Given Dana's Salesforce login has been revoked
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved two contacts by hand
      When Dana pushes the first contact to Salesforce <mode>
      And Dana links her Salesforce login
      And Dana pushes the second contact to Salesforce <mode>
      Then Salesforce records Dana as Owner of the second contact
      And Salesforce records Dana as Created By of the second contact
      And Salesforce records the integration user or Dana as Owner of the first contact, unless the push is refused
      And Salesforce records the integration user or the most permitted user as Created By of the first contact, unless the push is refused

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

  Rule: Two places, one person

    @trace-18
    Scenario Outline: Dana has worked in another <crm> account, and pushes to this one <mode>
      Given Dana has pushed a contact to another <crm> account before
      And Dana has linked her <crm> login
      And team sync is connected to <crm> as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to <crm> <mode>
      Then <crm> records Dana as Owner
      And <crm> records Dana as Created By

      @R01
      Examples:
        | crm        | mode       |
        | Salesforce | on its own |
        | Salesforce | in bulk    |

      @H1
      Examples:
        | crm     | mode       |
        | HubSpot | on its own |
        | HubSpot | in bulk    |

    @R10 @trace-18
    Scenario: Dana was linked in another Salesforce account, and is not in this one
      Given Dana has pushed a contact to another Salesforce account before
      And Dana has never linked a Salesforce login
      And team sync is connected to Salesforce as the integration user
      And colleagues have linked their Salesforce logins, the least permitted first
      And Dana has saved a contact by hand
      When Dana pushes the contact to Salesforce on its own
      Then Salesforce records the integration user as Owner
      And Salesforce records the integration user or the most permitted user as Created By

    @R01 @H1 @trace-26
    Scenario Outline: Linked in both, <crm> first, one contact goes to each, <mode>
      Given Dana has linked her <crm> login
      And Dana has linked her <other> login
      And team sync is connected to Salesforce as the integration user
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to Salesforce <mode>
      And Dana pushes the contact to HubSpot <mode>
      Then Salesforce records Dana as Owner of the contact
      And Salesforce records Dana as Created By of the contact
      And HubSpot records Dana as Owner of the contact
      And HubSpot records Dana as Created By of the contact

      Examples:
        | crm        | other      | mode       |
        | Salesforce | HubSpot    | on its own |
        | HubSpot    | Salesforce | on its own |
        | Salesforce | HubSpot    | in bulk    |

    @R01 @H3 @H9 @trace-26
    Scenario Outline: Linked in Salesforce and not in HubSpot, one contact goes to each, <mode>
      Given Dana has linked her Salesforce login
      And Dana has never linked a HubSpot login
      And team sync is connected to Salesforce as the integration user
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to Salesforce <mode>
      And Dana pushes the contact to HubSpot <mode>
      Then Salesforce records Dana as Owner of the contact
      And Salesforce records Dana as Created By of the contact
      And HubSpot records the integration user or nobody as Owner of the contact
      And HubSpot records the integration user as Created By of the contact

      Examples:
        | mode       |
        | on its own |
        | in bulk    |

    @R10 @H1 @H9 @trace-26
    Scenario Outline: Linked in HubSpot and not in Salesforce, one contact goes to each, <mode>
      Given Dana has never linked a Salesforce login
      And Dana has linked her HubSpot login
      And team sync is connected to Salesforce as the integration user
      And team sync is connected to HubSpot as the integration user
      And Dana has saved a contact by hand
      When Dana pushes the contact to HubSpot <mode>
      And Dana pushes the contact to Salesforce <mode>
      Then HubSpot records Dana as Owner of the contact
      And HubSpot records Dana as Created By of the contact
      And Salesforce records the integration user as Owner of the contact
      And Salesforce records the integration user as Created By of the contact

      Examples:
        | mode       |
        | on its own |
        | in bulk    |
