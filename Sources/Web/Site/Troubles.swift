internal import HTTP
internal import Procedures

/// What a page says when a request cannot be answered: what happened, and what to do next.
struct TroubleWords {
    let heading: String
    let text: String

    static let gone = TroubleWords(
        heading: "この画面は見つかりません",
        text: "アドレスが正しいか、もう一度ごらんください。メールのリンクから来た方は、リンクの期限が切れたのかもしれません。")
    static let notYours = TroubleWords(
        heading: "この画面は見られません",
        text: "いまログインしている担当の方には、この画面を見る役割がありません。ほかの担当でログインするときは、先にログアウトしてください。")
    static let draftGone = TroubleWords(
        heading: "入力した内容が見つかりません",
        text: "しばらく使わなかったか、ブラウザーのCookie（クッキー）が使えないようです。もう一度、応募の区分を選ぶところからお願いします。")
    /// Of the receipt page in a browser that has sent nothing.
    static let nothingSentHere = TroubleWords(
        heading: "このブラウザーから送った応募が見つかりません",
        text: "応募を送り終えた方には、受付番号をメールでお知らせしています。もう一度応募せずに、次の画面で確かめてください。まだ送っていない方は、はじめの画面からお願いします。")
    static let sentOtherwise = TroubleWords(
        heading: "この操作はできませんでした",
        text: "ほかの操作が先に行われたか、手順の途中です。いまの操作では何も変わっていません。もとの画面を開き直して、いまの状態を確かめてください。")
    static let decided = TroubleWords(
        heading: "もう決まっています",
        text: "先にほかの操作が行われていました。いまの操作では何も変わっていません。いまの状態を確かめてください。")

    /// Of a plan that waits for the word of a second one, or did.
    static let askedOtherwise = TroubleWords(
        heading: "確認の頼みが変わっています",
        text: "この画面を開いたあとに、ほかの人が確認を頼んだか、取りやめたか、答えました。いまの操作では何も変わっていません。いまの状態を確かめてください。")

    /// Of a plan that is taken back for another reason already.
    static let takenBackOtherwise = TroubleWords(
        heading: "取消しは、もう始まっています",
        text: "本人に知らせる理由は、先に入力された理由です。いま入力した理由は、どこにも残りません。先に入力された理由は、次の画面で確かめられます。")

    /// Of a plan of which nobody is appointed any more, or not yet.
    static let nothingToTakeBack = TroubleWords(
        heading: "取り消せる任命が残っていません",
        text: "この下見で行った任命は、もうすべて取り消したか、まだ行っていません。いまの操作では何も変わっていません。")

    static let correctedMeanwhile = TroubleWords(
        heading: "応募の内容が変わっています",
        text: "この画面を開いたあとに、本人か団体が内容を直しました。まだ承認していません。いまの内容を確かめてから、もう一度承認してください。")

    static let noCertificate = TroubleWords(
        heading: "任命状を出せません",
        text: "任命が途中で終わったか、任命状の準備がまだできていません。くわしくは事務局にお問い合わせください。")

    /// Why an account stays as it is.
    static func ofAccount(_ conflict: Conflict) -> TroubleWords {
        switch conflict {
        case .accountIsOnesOwn:
            TroubleWords(
                heading: "自分のアカウントは止められません", text: "ほかの管理の方に頼んでください。いまの操作では何も変わっていません。")
        case .lastAdministrator:
            TroubleWords(
                heading: "管理できる人がいなくなります",
                text: "使えるアカウントのうち、管理の権限があるのはこの1つだけです。先にほかの人に管理の権限を付けてください。いまの操作では何も変わっていません。")
        default: .decided
        }
    }

    static func of(_ status: Status) -> TroubleWords {
        switch status {
        case .forbidden:
            TroubleWords(
                heading: "この画面は古くなっています",
                text:
                    "まだ何も送られていません。前の画面にもどって開き直し（再読み込み）、もう一度送ってください。"
                    + "何度もこの画面になるときは、ブラウザーのCookie（クッキー）を使えるようにしてください。"
            )
        case .methodNotAllowed:
            TroubleWords(
                heading: "この画面は直接開けません", text: "はじめの画面から、もう一度お進みください。")
        case .contentTooLarge:
            TroubleWords(
                heading: "送られたものが大きすぎます",
                text:
                    "まだ何も送られていません。名簿は30,000行、20MBまでです。いくつかのファイルに分けて、1つずつ送ってください。"
                    + "文章を入力したときは、前の画面にもどり、短くして送ってください。")
        case .requestTimeout:
            TroubleWords(
                heading: "時間内に届きませんでした", text: "通信の状態を確かめて、もう一度送ってください。")
        case .tooManyRequests, .serviceUnavailable:
            TroubleWords(
                heading: "ただいま混み合っています", text: "少し待ってから、もう一度ためしてください。")
        default:
            TroubleWords(
                heading: "この操作はできませんでした",
                text: "送られた内容を読み取れませんでした。はじめの画面から、もう一度お進みください。")
        }
    }
}
