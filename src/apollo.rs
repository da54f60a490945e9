//! The Apollo side: users, linked credentials, team sync, records with their source, activities, push settings.
