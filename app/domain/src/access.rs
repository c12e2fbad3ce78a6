//! Roles, and what each may do in its part of the organisation.

/// A role on one unit and all below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Viewer,
    Manager,
    Reporter,
    Administrator,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read boards, figures and reports.
    Read,
    /// Enter answers given on paper or by phone, with their day and channel.
    EnterAnswers,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Manager, Self::Reporter, Self::Administrator];

    /// The name used in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Manager => "manager",
            Self::Reporter => "reporter",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == text)
    }

    /// What the role allows.
    pub fn may(self, act: Act) -> bool {
        match act {
            Act::Read => true,
            Act::EnterAnswers => matches!(self, Self::Manager | Self::Administrator),
        }
    }
}
