/// 03 全体集計, one row per fiscal year and kind.
public enum TotalsColumn: String, SheetColumn {
    case fiscalYear = "fiscal_year"
    case fiscalYearEra = "fiscal_year_era"
    case kindCode = "kind_code"
    case kind
    case active = "active_count"
    case appointed = "fy_appointed_count"
    case new = "fy_new"
    case renewed = "fy_renewed"
    case reappointed = "fy_reappointed"
    case ended = "fy_ended_count"
    case everPersons = "ever_persons"
    case everAppointments = "ever_appointments"

    public static var sheet: SheetName { .totals }
}

/// 04 団体別集計, one row per fiscal year, organization and kind.
public enum OrganizationTotalsColumn: String, SheetColumn {
    case fiscalYear = "fiscal_year"
    case organizationCode = "organization_code"
    case organizationName = "organization_name"
    case corporateNumber = "corporate_number"
    case organizationKindCode = "organization_kind_code"
    case organizationGroup = "organization_group"
    case category, kind
    case active = "active_count"
    case secondary = "secondary_count"
    case appointed = "fy_appointed_count"
    case new = "fy_new"
    case renewed = "fy_renewed"
    case reappointed = "fy_reappointed"
    case ended = "fy_ended_count"
    case everPersons = "ever_persons"
    case lastReceivedOn = "last_received_on"

    public static var sheet: SheetName { .organizationTotals }
}

/// 05 団体グループ別集計, one row per fiscal year, group of organizations and kind.
public enum GroupTotalsColumn: String, SheetColumn {
    case fiscalYear = "fiscal_year"
    case organizationGroup = "organization_group"
    case organizations = "organization_count"
    case kind
    case active = "active_count"
    case appointed = "fy_appointed_count"
    case everPersons = "ever_persons"

    public static var sheet: SheetName { .groupTotals }
}

/// 06 都道府県別集計, one row per fiscal year, prefecture (99 不明 among them) and kind.
public enum PrefectureTotalsColumn: String, SheetColumn {
    case fiscalYear = "fiscal_year"
    case prefectureCode = "prefecture_code"
    case prefecture, kind
    case active = "active_count"
    case appointed = "fy_appointed_count"
    case new = "fy_new"
    case renewed = "fy_renewed"
    case reappointed = "fy_reappointed"
    case ended = "fy_ended_count"

    public static var sheet: SheetName { .prefectureTotals }
}

/// 09 月次推移, one row per month and kind.
public enum MonthlyColumn: String, SheetColumn {
    case month
    case fiscalYear = "fiscal_year"
    case kind
    case applied = "month_applied_count"
    case appointed = "month_appointed_count"
    case ended = "month_ended_count"
    case active = "month_end_active_count"
    case everPersons = "month_end_ever_persons"

    public static var sheet: SheetName { .months }
}

/// A physical name says what it counts, so that no sheet can give the same count another unit.
extension SheetColumn {
    public var unit: ColumnUnit? {
        switch rawValue {
        case "organization_count": .organizations
        case "month_applied_count": .applications
        case "ever_appointments": .appointments
        case "fy_new", "fy_renewed", "fy_reappointed", "ever_persons", "month_end_ever_persons":
            .persons
        default: rawValue.hasSuffix("_count") ? .persons : nil
        }
    }

    public var type: ColumnType {
        if unit != nil || rawValue == "fiscal_year" { return .number }
        return rawValue.hasSuffix("_on") ? .date : .text
    }
}
