//! `/crm/v3/pipelines/{objectType}`: to be read. Pipelines and stages are the options of the properties that hold them.

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::call::Call;
use super::catalog::{Choice, ObjectType};
use super::properties;
use super::refusal::{ApiError, json_response};
use super::route::PipelineEndpoint;

/// Which properties of a type hold the pipeline and the stage.
const HOLDERS: [(&str, &str, &str); 3] = [
    ("deals", "pipeline", "dealstage"),
    ("leads", "hs_pipeline", "hs_pipeline_stage"),
    ("contacts", "hs_pipeline", "lifecyclestage"),
];

/// How likely deals in HubSpot's own stages are won.
const PROBABILITIES: [(&str, &str); 7] = [
    ("appointmentscheduled", "0.2"),
    ("qualifiedtobuy", "0.4"),
    ("presentationscheduled", "0.6"),
    ("decisionmakerboughtin", "0.8"),
    ("contractsent", "0.9"),
    ("closedwon", "1.0"),
    ("closedlost", "0.0"),
];

/// HubSpot's own pipelines have no instant: 1970, as its specification says.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// Answers a call under `pipelines`: 200, or 404 where there is no such pipeline or stage.
pub(super) fn answer(
    call: &Call<'_>,
    object_type: &ObjectType,
    endpoint: PipelineEndpoint<'_>,
) -> Result<Response<Body>, ApiError> {
    properties::may_read(call, object_type)?;
    let pipeline = pipeline(call, object_type)?;
    let named = |id: &str| match pipeline["id"] == id {
        true => Ok(&pipeline),
        false => Err(ApiError::NotFound),
    };
    let body = match endpoint {
        PipelineEndpoint::List => json!({ "results": [pipeline] }),
        PipelineEndpoint::Read(id) => named(id)?.clone(),
        PipelineEndpoint::Stages(id) => json!({ "results": named(id)?["stages"] }),
        PipelineEndpoint::Stage(id, stage) => {
            let stages = named(id)?["stages"].as_array();
            let mut stages = stages.into_iter().flatten();
            let found = stages.find(|found| found["id"] == stage);
            found.ok_or(ApiError::NotFound)?.clone()
        }
    };
    let body = body.to_string().into_bytes();
    Ok(json_response(StatusCode::OK, body))
}

/// The one pipeline that a type has.
fn pipeline(call: &Call<'_>, object_type: &ObjectType) -> Result<Value, ApiError> {
    let mut holders = HOLDERS.iter();
    let found = holders.find(|(name, _, _)| *name == object_type.name);
    let (_, pipeline, stage) = found
        .ok_or_else(|| ApiError::NotSimulated(format!("pipelines of {}", object_type.name)))?;
    let property = |name: &str| call.setup.catalog.property(object_type, name);
    let (pipeline, stages) = (property(pipeline), property(stage));
    let (Some(pipeline), Some(stages)) = (pipeline, stages) else {
        return Err(ApiError::NotFound);
    };
    let id = match pipeline.options.first() {
        Some(choice) => &*choice.value,
        None => pipeline.default_value().unwrap_or_default(),
    };
    let stages = (0..).zip(&stages.options);
    let stages: Vec<Value> = stages
        .map(|(place, choice)| stage_shown(place, choice))
        .collect();
    Ok(json!({
        "id": id,
        "label": pipeline.options.first().map_or(id, |choice| &choice.label),
        "displayOrder": 0,
        "stages": stages,
        "archived": false,
        "createdAt": NEVER,
        "updatedAt": NEVER,
    }))
}

fn stage_shown(place: i32, choice: &Choice) -> Value {
    let mut metadata = json!({});
    let mut probabilities = PROBABILITIES.iter();
    if let Some((_, probability)) = probabilities.find(|(stage, _)| *stage == choice.value) {
        let closed = choice.value.starts_with("closed");
        metadata = json!({ "isClosed": closed.to_string(), "probability": probability });
    }
    json!({
        "id": choice.value,
        "label": choice.label,
        "displayOrder": place,
        "metadata": metadata,
        "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        "archived": false,
        "createdAt": NEVER,
        "updatedAt": NEVER,
    })
}
