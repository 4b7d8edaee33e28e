internal import Postgres

/// 氏名 in one text, as `PersonName.full` writes it: both parts, or the one that there is.
enum FullName {
    /// Of the table that `prefix` names with its dot.
    static func sql(of prefix: SQL) -> SQL {
        """
        concat_ws(' ', nullif(\(prefix)family_name, ''), nullif(\(prefix)given_name, ''))
        """
    }
}
