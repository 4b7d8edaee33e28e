internal import Enrollment
internal import HTML

extension Part {
    /// 離れた人／死亡の届出, beside a name.
    static func left(_ reason: Leaving.Reason) -> HTML {
        switch reason {
        case .deceased: " <span class=\"chip amber\">死亡の届出</span>"
        case .objected: " <span class=\"chip amber\">本人が希望しない</span>"
        case .retired, .transferred, .graduated, .other:
            " <span class=\"chip amber\">離れた人</span>"
        }
    }
}
