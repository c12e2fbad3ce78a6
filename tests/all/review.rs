//! The target review and the analysis, through the doors, on both databases.
