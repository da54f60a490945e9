//! Sessions and records through SOAP.

use mock_crm::tenant::Hosted;

use super::two_orgs::TwoOrgs;

#[tokio::test]
async fn a_soap_session_reaches_its_own_records_only() {
    let two = TwoOrgs::new().await;
    let (blue, contact) = (two.token(&two.blue), &two.red_contact);
    for body in [
        format!("<retrieve><fieldList>LastName</fieldList><sObjectType>Contact</sObjectType><ids>{contact}</ids></retrieve>"),
        format!("<update><sObjects><type>Contact</type><Id>{contact}</Id><LastName>Stolen</LastName></sObjects></update>"),
        format!("<delete><ids>{contact}</ids></delete>"),
        "<query><queryString>SELECT LastName FROM Contact</queryString></query>".to_owned(),
        format!("<queryMore><queryLocator>{}</queryLocator></queryMore>", two.red_locator),
        "<upsert><externalIDFieldName>Ext__c</externalIDFieldName><sObjects><type>Contact</type><Ext__c>x1</Ext__c>\
         <LastName>Upserted</LastName></sObjects></upsert>"
            .to_owned(),
        "<getUserInfo/>".to_owned(),
    ] {
        let answer = two.soap("red.my.salesforce.com", &blue, &body).await;

        assert!(!answer.text.contains(">Red<"), "{body}: {}", answer.text);
        assert!(!answer.text.contains(two.crm.org.id()), "{body}: {}", answer.text);
        two.check_red(&body).await;
    }
    let blue = two.blue.tenant().read();
    assert_eq!(blue.ledger.changes_after(0).count(), 0);
}
