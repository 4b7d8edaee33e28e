public import Enrollment
internal import Postgres

/// A viewing on its way into the tables.
struct SubmittedViewing {
    let personID: Int?
    let applicationID: Int
    let year: FiscalYear
    let grade: EvidenceGrade
    let viewing: Viewing

    static func all(
        of submission: Submission, _ personID: Int?, _ applicationID: Int
    ) -> [SubmittedViewing] {
        let year = submission.application.year
        return submission.application.viewings.map { viewing in
            SubmittedViewing(
                personID: personID, applicationID: applicationID,
                year: viewing.isEarly ? year.next : year, grade: submission.grade, viewing: viewing)
        }
    }
}

extension WriteTransaction {
    /// Adds what was watched for the next year to an application that stands already; a day that is
    /// recorded stays.
    public func addEarlyViewings(
        _ submission: Submission, to match: LiveApplication, at moment: WriteStamp
    ) {
        let all = SubmittedViewing.all(of: submission, match.personID, match.id)
        add(all.filter(\.viewing.isEarly), at: moment)
    }

    /// Adds viewings, with what is said next.
    func add(_ all: [SubmittedViewing], at moment: WriteStamp) {
        guard !all.isEmpty else { return }
        executeLater(
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                  viewed_on, recorded_by, known_from)
            SELECT f.person, f.application, f.year, f.slot, f.grade, f.day, \(moment.actor),
                   \(moment.now)::timestamptz
            FROM unnest(\(all.map(\.personID))::bigint[], \(all.map(\.applicationID))::bigint[],
                        \(all.map(\.year.startYear))::smallint[],
                        \(all.map(\.viewing.slot))::smallint[],
                        \(all.map(\.grade.rawValue))::text[],
                        \(all.map(\.viewing.viewedOn.description))::date[])
              AS f(person, application, year, slot, grade, day)
            ON CONFLICT DO NOTHING
            """, rows: all.count)
    }

    /// Puts the day on which somebody says that they watched a video of a year in the place of what
    /// they said before; nil takes it back. Gives whether that changed anything.
    public func setViewing(
        _ slot: Int, _ day: Day?, in year: FiscalYear, of record: ApplicationRecord,
        at moment: WriteStamp
    ) async throws -> Bool {
        let closed = try await execute(
            """
            UPDATE viewings SET known_until = \(moment.now)
            WHERE application_id = \(record.id) AND person_id = \(record.personID)
              AND fiscal_year = \(year) AND video_slot = \(slot)
              AND grade = \(EvidenceGrade.declared) AND known_until = 'infinity'
              AND viewed_on IS DISTINCT FROM \(day)::date
            """)
        guard let day else { return closed > 0 }
        let added = try await execute(
            """
            INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade,
                                  viewed_on, recorded_by, known_from)
            VALUES (\(record.personID), \(record.id), \(year), \(slot),
                    \(EvidenceGrade.declared), \(day)::date, \(moment.actor), \(moment.now))
            ON CONFLICT DO NOTHING
            """)
        return closed + added > 0
    }
}
