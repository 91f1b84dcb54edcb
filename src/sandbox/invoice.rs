//! Invoices: one per policy or per order, at once or later, or none.

use serde::{Deserialize, Serialize};

use crate::sandbox::catalogue::Invoicing;
use crate::sandbox::order::{Order, OrderStatus};

/// An application for invoices, and what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Application {
    pub(super) title: String,
    pub(super) taxpayer_no: Option<String>,
    /// Empty if it failed.
    pub(super) invoices: Vec<Invoice>,
}

/// An invoice.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Invoice {
    pub(super) token: String,
    /// The codes of the policies that it is for.
    pub(super) policies: Vec<String>,
    /// When it becomes available.
    pub(super) ready: i64,
    pub(super) cents: i64,
}

/// An application with this in its title fails, so that tests can see `invoiceStatus` 2.
pub(super) const FAILS: &str = "开票失败";

/// `invoiceStatus` of document section 7.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InvoiceStatus {
    NotYet,
    Done,
    Failed,
    UnderWay,
    InPart,
}

impl InvoiceStatus {
    pub(super) fn wire(self) -> i64 {
        match self {
            Self::NotYet => 0,
            Self::Done => 1,
            Self::Failed => 2,
            Self::UnderWay => 3,
            Self::InPart => 4,
        }
    }
}

impl Order {
    pub(super) fn invoice_status(&self, now: i64) -> InvoiceStatus {
        let Some(application) = &self.invoicing else { return InvoiceStatus::NotYet };
        let ready = application.invoices.iter().filter(|invoice| invoice.ready <= now).count();
        match ready {
            _ if application.invoices.is_empty() => InvoiceStatus::Failed,
            0 => InvoiceStatus::UnderWay,
            ready if ready < application.invoices.len() => InvoiceStatus::InPart,
            _ => InvoiceStatus::Done,
        }
    }

    /// The invoices that are available by now.
    pub(super) fn invoices(&self, now: i64) -> impl Iterator<Item = &Invoice> {
        self.invoicing.iter().flat_map(|application| &application.invoices).filter(move |invoice| invoice.ready <= now)
    }

    /// Applies for invoices of the policies in force.
    ///
    /// # Errors
    /// Why there can be none.
    pub(super) fn apply_for_invoices(
        &mut self,
        invoicing: Invoicing,
        title: String,
        taxpayer_no: Option<String>,
        mut token: impl FnMut() -> String,
        now: i64,
    ) -> Result<(), &'static str> {
        let groups: Vec<Vec<String>> = match (self.status, invoicing) {
            (_, Invoicing::Never) => return Err("the product has no electronic invoice"),
            (OrderStatus::Paid | OrderStatus::PartlySurrendered, Invoicing::Single { .. }) => {
                self.in_force().into_iter().map(|code| vec![code]).collect()
            }
            (OrderStatus::Paid | OrderStatus::PartlySurrendered, _) => vec![self.in_force()],
            _ => return Err("orderCode is not paid, or surrendered"),
        };
        if self.invoicing.as_ref().is_some_and(|application| !application.invoices.is_empty()) {
            return Err("orderCode was applied for already");
        }
        let every_ms = if let Invoicing::Single { every_ms } = invoicing { every_ms } else { 0 };
        let mut invoices = Vec::new();
        if !title.contains(FAILS) {
            let mut ready = now;
            for policies in groups {
                ready = ready.saturating_add(every_ms);
                let covered = |code: &String| policies.contains(code);
                let people = self.policies.iter().filter(|policy| policy.code.as_ref().is_some_and(covered));
                let cents = self.price(people.map(|policy| policy.insured.len()).sum());
                invoices.push(Invoice { token: token(), policies, ready, cents });
            }
        }
        self.invoicing = Some(Application { title, taxpayer_no, invoices });
        Ok(())
    }
}
