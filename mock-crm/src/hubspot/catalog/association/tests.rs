use super::*;
use crate::hubspot::catalog::{Catalog, Family};

fn key(name: &str) -> ObjectKey {
    Catalog::default().find(name).unwrap().key
}

#[test]
fn every_association_type_has_its_inverse_and_every_pair_one_without_a_label() {
    let table = standard::table();

    assert!(!table.types.is_empty());
    for found in table.types.values() {
        let back = &table.types[&found.inverse];
        assert_eq!(
            (back.inverse, back.from, back.to),
            (found.id, found.to, found.from)
        );
        let unlabeled = table.between(found.from, found.to);
        assert_eq!(unlabeled.filter(|other| other.label.is_none()).count(), 1);
    }
}

#[test]
fn the_numbers_of_a_portals_own_types_are_pairs_and_are_never_given_again() {
    let mut vehicle = ObjectType::new("vehicles", "vehicle", "2-1", Family::Crm, Vec::new());
    vehicle.key = ObjectKey(1000);
    let catalog = Catalog::default();
    let contacts = catalog.find("contacts").unwrap();
    let mut types = AssociationTypes::default();

    types.connect(&vehicle, [contacts, &vehicle].into_iter());
    let label = LabelChange::Added {
        from: vehicle.key,
        to: contacts.key,
        name: "driver".to_owned(),
        label: "Driver".to_owned(),
        inverse_label: Some("Car".to_owned()),
    };
    types.change(&label);
    types.change(&LabelChange::Deleted { number: 5 });
    types.change(&label);

    let between = types.between(contacts.key, vehicle.key);
    let seen: Vec<_> = between
        .map(|found| (found.id.number(), found.label.as_deref()))
        .collect();
    assert_eq!(seen, [(2, None), (7, Some("Car"))]);
}

#[test]
fn a_number_means_something_else_in_the_other_category() {
    let types = AssociationTypes::default();

    let primary = types.get(TypeId::HubspotDefined(1)).unwrap();

    assert_eq!(
        (primary.from, primary.to),
        (key("contacts"), key("companies"))
    );
    assert!(types.get(TypeId::UserDefined(1)).is_none());
    assert_ne!(
        TypeId::HubspotDefined(1).stored(),
        TypeId::UserDefined(1).stored()
    );
}
