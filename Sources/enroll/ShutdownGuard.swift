import Foundation
import Logging
import UnixSignals

/// The end of the program beside its services: they are asked to stop by the first signal, and may
/// hang; a process that does not end is killed by whoever waits for it, in the middle of something.
enum ShutdownGuard {
    /// From the first signal to the end. What a job had begun is undone with its transaction, and
    /// another worker takes it up at once.
    private static let patience = Duration.milliseconds(9_500)

    static func watch(_ logger: Logger) async -> Task<Void, Never> {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        return Task {
            var isStopping = false
            for await signal in signals {
                if isStopping { dieAtOnce(of: signal) }
                isStopping = true
                Task.detached {
                    try? await Task.sleep(for: patience)
                    logger.warning("stopped with work unfinished")
                    exit(0)
                }
            }
        }
    }

    /// As if nobody had listened for the signal, so that the parent sees what ended us.
    private static func dieAtOnce(of signal: UnixSignal) -> Never {
        let number = signal == .sigint ? SIGINT : SIGTERM
        Foundation.signal(number, SIG_DFL)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        kill(getpid(), number)
        sleep(1)
        _exit(128 + number)
    }
}
