//! The register: one file for each endpoint, and one line here. It produces the dispatch, the client's methods, the
//! TypeScript types, `endpoints`, the sandbox's routes and the documentation's tables.

use crate::model::{Model, Schema, Shape};

/// An endpoint in Rust types.
pub trait Call {
    /// The endpoint's entry in the register.
    const ENDPOINT: Endpoint;
    /// Its parameters.
    type Request: Model;
}

/// What is known about an endpoint.
#[derive(Debug)]
pub struct Endpoint {
    /// The client's method: `createPreOrder`.
    pub name: &'static str,
    /// The path below the gateway.
    pub path: &'static str,
    /// The document's section (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub section: &'static str,
    /// The document's title (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub title_zh: &'static str,
    /// The title in English (not included in the client's wasm).
    #[cfg(feature = "std")]
    pub title_en: &'static str,
    /// In Chinese, what the caller of a write can do when the answer never came; empty for a read (not included in the
    /// client's wasm).
    #[cfg(feature = "std")]
    pub if_unknown_zh: &'static str,
    /// Whether it changes anything.
    pub kind: EndpointKind,
    /// The parameters.
    pub request: &'static Schema,
    /// What `data` holds.
    pub reply: Shape,
}

/// Whether a call changes anything on the platform, which decides whether it may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointKind {
    /// Only asks.
    Read,
    /// Changes something.
    Write {
        /// What the caller can do when the answer never came: how to find out, and when to send again.
        if_unknown: &'static str,
    },
}

impl EndpointKind {
    /// `read` or `write`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write { .. } => "write",
        }
    }

    /// A write about which nothing is known.
    pub fn unknown_write() -> Self {
        Self::Write { if_unknown: "ask what became of it before you send it again" }
    }
}

/// Declares the modules and lists the endpoints: module, the client's method, the endpoint.
macro_rules! register {
    ($($module:ident $name:ident $endpoint:ident;)+) => {
        $( pub mod $module; )+

        /// All endpoints, in the document's order.
        pub const ENDPOINTS: &[Endpoint] = &[ $( <$module::$endpoint as Call>::ENDPOINT, )+ ];

        #[cfg(test)]
        const REGISTERED: &[(&str, &str)] = &[ $( (stringify!($module), stringify!($name)), )+ ];
    };
}

register! {
    register_member registerMember RegisterMember;
    apply_invoice applyInvoice ApplyInvoice;
    invoice_url getInvoiceUrl InvoiceUrl;
    create_pre_order createPreOrder CreatePreOrder;
    product_detail getProductDetail ProductDetail;
    policy_url getPolicyUrl PolicyUrl;
    notify_payment notifyPayment NotifyPayment;
    order_list_url getOrderListUrl OrderListUrl;
    surrender_by_policy_code surrenderByPolicyCode SurrenderByPolicyCode;
    surrender_by_order_code surrenderByOrderCode SurrenderByOrderCode;
    order_detail getOrderDetail OrderDetail;
}

/// Declares what an endpoint's file says about it.
macro_rules! endpoint {
    (
        $(#[doc = $doc:literal])+
        $endpoint:ident($request:ident) $name:literal $section:literal $kind:ident $path:literal
        $zh:literal $en:literal => $reply:expr $(; if_unknown $if_unknown:literal $if_unknown_zh:literal)?
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub enum $endpoint {}

        impl $crate::endpoints::Call for $endpoint {
            const ENDPOINT: $crate::endpoints::Endpoint = $crate::endpoints::Endpoint {
                name: $name,
                path: $path,
                #[cfg(feature = "std")]
                section: $section,
                #[cfg(feature = "std")]
                title_zh: $zh,
                #[cfg(feature = "std")]
                title_en: $en,
                #[cfg(feature = "std")]
                if_unknown_zh: concat!($($if_unknown_zh)?),
                kind: $crate::endpoints::EndpointKind::$kind $({ if_unknown: $if_unknown })?,
                request: <$request as $crate::model::Model>::SCHEMA,
                reply: $reply,
            };
            type Request = $request;
        }
    };
}
use endpoint;

/// The endpoint of the client's method `name`.
pub fn by_name(name: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.name == name)
}

/// The endpoint at `path`.
pub fn by_path(path: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_registered_under_its_own_name() {
        let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/endpoints"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|file| file.strip_suffix(".rs").map(str::to_owned))
            .filter(|module| module != "mod")
            .collect();
        files.sort();
        let mut modules: Vec<_> = REGISTERED.iter().map(|(module, _)| (*module).to_owned()).collect();
        modules.sort();
        assert_eq!(modules, files);
        for ((_, name), endpoint) in REGISTERED.iter().zip(ENDPOINTS) {
            assert_eq!(*name, endpoint.name);
            assert_eq!(endpoint.if_unknown_zh.is_empty(), endpoint.kind == EndpointKind::Read);
        }
    }

    #[test]
    fn names_paths_and_sections_are_unique() {
        for key in [|e: &Endpoint| e.name, |e: &Endpoint| e.path, |e: &Endpoint| e.section] {
            let mut keys: Vec<_> = ENDPOINTS.iter().map(key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), ENDPOINTS.len());
        }
    }
}
