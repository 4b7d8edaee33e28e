import ArgumentParser
import CLinux
import Foundation
import Procedures
import Store

/// The programme's back office in one program.
@main
struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "The enrolment back office of the デジタル推進委員 programme.",
        version: Version.current,
        subcommands: [
            Serve.self, Work.self, Migrate.self, Load.self, OpenYear.self, Import.self,
            Appoint.self, Renew.self, UndoCommand.self, PlansCommand.self, Export.self,
            TallyCommand.self,
            VideoCommand.self,
            Account.self, PeopleCommand.self, OrganizationCommand.self, PlacesCommand.self,
            MaterialsCommand.self,
            BadgesCommand.self, Demo.self,
            Seed.self, MailCommand.self,
            Forget.self, Audit.self, Doctor.self,
        ])

    /// One table from troubles to exit codes: 1 refused, 2 wrong usage, 3 no database, 70 ours.
    static func main() async {
        clinux_give_back_large_blocks()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch let refusal as Refusal {
            leave("refused: \(refusal.sentence)", 1)
        } catch let fault as Configuration.Fault {
            leave(fault.description, 2)
        } catch  where StoreTrouble.isLocked(error) {
            leave("another command or job is at work on the same; nothing was done: try again", 3)
        } catch  where StoreTrouble.isForbidden(error) {
            leave(
                "the login in the database may not do this: `migrate` and `load` need the owner's, "
                    + "in ENROLL_DATABASE_OWNER; all else needs what `migrate` says anew after an "
                    + "upgrade (ops/runbooks/roles.md)", 1)
        } catch  where StoreTrouble.isWithoutTables(error) {
            leave("nothing is set up in this database: run `enroll migrate`, then `enroll load`", 3)
        } catch  where StoreTrouble.isUnavailable(error) {
            leave("the database cannot be reached: \(error)", 3)
        } catch let error as any CommandFault {
            leave(error.description, 1)
        } catch {
            let code = exitCode(for: error)
            if code == .success { exit(withError: error) }
            if code == .validationFailure { leave(fullMessage(for: error), 2) }
            leave("\(error)", 70)
        }
    }

    private static func leave(_ message: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("enroll: \(message)\n".utf8))
        Foundation.exit(code)
    }
}

/// Something the operator can put right.
protocol CommandFault: Error, CustomStringConvertible {}

extension MigrationFault: CommandFault {}
extension ReferenceFault: CommandFault {}
