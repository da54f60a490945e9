//! Which message asks the person for what.

mod pushes;
mod records;

use serde::Serialize;
use serde_json::Value;

use super::answer::{Answer, raised};
use super::{Halt, Manual, instruction};
use crate::sut::rpc::{ErrorObject, PROTOCOL, Request, code};
use crate::sut::{
    ActivityLog, AddUser, Connect, CredentialLink, CredentialUnlink, Crm, Disconnect, ErrorLog,
    Grant, Hello, HelloAnswer, Method, NewRecord, Nothing, PushRecords, RecordRead, RecordUpdate,
    Reset,
};

type Answered<T> = Result<T, Halt>;

impl Manual {
    pub(super) async fn conduct(&mut self, request: Request) -> Answered<Value> {
        let params = request.params;
        match request.method.as_str() {
            Hello::NAME => answer(self.hello(&parse(params)?)?),
            Reset::NAME => answer(self.reset(parse(params)?)),
            AddUser::NAME => answer(self.add_user(parse(params)?)),
            CredentialLink::NAME => answer(self.link(parse(params)?).await?),
            CredentialUnlink::NAME => answer(self.unlink(parse(params)?).await?),
            Connect::NAME => answer(self.connect(parse(params)?).await?),
            Disconnect::NAME => answer(self.disconnect(parse(params)?).await?),
            NewRecord::NAME => answer(self.save(parse(params)?).await?),
            RecordUpdate::NAME => answer(self.update(parse(params)?).await?),
            RecordRead::NAME => answer(self.read(parse(params)?).await?),
            PushRecords::NAME => answer(self.push(parse(params)?).await?),
            ActivityLog::NAME => answer(self.log(parse(params)?).await?),
            ErrorLog::NAME => answer(self.error_log(parse(params)?).await?),
            unknown => Err(Halt::Error(ErrorObject::new(
                code::UNKNOWN_METHOD,
                format!("there is no method {unknown:?}"),
            ))),
        }
    }

    /// Answered from the checklist, which was gone through before anything ran.
    fn hello(&self, hello: &Hello) -> Answered<HelloAnswer> {
        if !hello.protocols.contains(&PROTOCOL) {
            return Err(Halt::Error(ErrorObject::new(
                code::INVALID_PARAMS,
                format!("only version {PROTOCOL} of the protocol is known here"),
            )));
        }
        let product = &self.desk.product;
        Ok(HelloAnswer {
            protocol: PROTOCOL,
            name: product.name.clone(),
            version: product.version.clone(),
            capabilities: product.capabilities.clone(),
        })
    }

    fn reset(&mut self, reset: Reset) -> Nothing {
        self.scene = super::Scene {
            reset: Some(reset),
            ..super::Scene::default()
        };
        Nothing {}
    }

    /// Nobody is asked yet: the whole team is one instruction.
    fn add_user(&mut self, user: AddUser) -> Nothing {
        self.scene.people.push(user);
        Nothing {}
    }

    /// Something to be done; before the first, how to begin. Whatever is refused here is no outcome of the protocol.
    async fn do_this(&mut self, text: &str, needs: &[String]) -> Answered<()> {
        match self.attempt(text, needs).await? {
            Answer::Done => Ok(()),
            Answer::Refused => Err(self.refused().await?),
        }
    }

    async fn attempt(&mut self, text: &str, needs: &[String]) -> Answered<Answer> {
        self.begin().await?;
        let answer = self.desk.instruct(text, needs).await?;
        self.scene.followed += 1;
        Ok(answer)
    }

    async fn begin(&mut self) -> Answered<()> {
        if self.scene.begun {
            return Ok(());
        }
        let Some(reset) = &self.scene.reset else {
            return Err(raised("there was no reset yet".to_owned()));
        };
        self.scene.begun = true;
        self.desk.say(&format!("\n=== {} ===", self.desk.title()));
        let new = self.desk.newcomers(&self.scene.people);
        let text = instruction::begin(reset, &new, &self.desk.product.capabilities);
        match self.desk.instruct(&text, &[]).await? {
            Answer::Done => Ok(()),
            Answer::Refused => Err(self.refused().await?),
        }
    }

    async fn refused(&self) -> Answered<Halt> {
        let (word, said) = self.desk.reason().await?;
        Ok(raised(format!("the product refused it: {word}: {said}")))
    }

    async fn link(&mut self, link: CredentialLink) -> Answered<Nothing> {
        self.begin().await?;
        let login = self.whose(link.crm, &link.grant).await;
        let password = self.desk.password.clone();
        let text = instruction::link(&link, &self.scene, login.as_ref(), password.as_deref());
        self.do_this(&text, &[word_of(link.crm)]).await?;
        Ok(Nothing {})
    }

    async fn whose(&self, crm: Crm, grant: &Grant) -> Option<super::login::Login> {
        let url = self.scene.url(crm)?;
        self.desk.whose(crm, url, grant).await
    }

    async fn unlink(&mut self, unlink: CredentialUnlink) -> Answered<Nothing> {
        let text = instruction::unlink(&unlink, &self.scene);
        self.do_this(&text, &[word_of(unlink.crm)]).await?;
        Ok(Nothing {})
    }

    async fn connect(&mut self, connect: Connect) -> Answered<Nothing> {
        self.begin().await?;
        let login = self.whose(connect.crm, &connect.grant).await;
        let text = instruction::connect(&connect, login.as_ref(), self.desk.password.as_deref());
        self.do_this(&text, &[word_of(connect.crm)]).await?;
        Ok(Nothing {})
    }

    async fn disconnect(&mut self, disconnect: Disconnect) -> Answered<Nothing> {
        let text = instruction::disconnect(&disconnect);
        self.do_this(&text, &[word_of(disconnect.crm)]).await?;
        Ok(Nothing {})
    }
}

fn word_of(crm: Crm) -> String {
    format!("crm:{}", crm.to_string().to_lowercase())
}

/// Null params are `{}`, since JSON-RPC lets a caller leave them out.
fn parse<M: Method>(params: Value) -> Answered<M> {
    let params = if params.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        params
    };
    serde_json::from_value(params)
        .map_err(|error| Halt::Error(ErrorObject::new(code::INVALID_PARAMS, error.to_string())))
}

fn answer<T: Serialize>(answer: T) -> Answered<Value> {
    serde_json::to_value(answer).map_err(|error| raised(error.to_string()))
}
