internal import HTML
internal import Store
internal import Words

/// What a page says of a job: how far it is, and that it broke.
enum JobWords {
    /// 「12,000行のうち5,500行まで進みました」 with a bar; nothing while it waits for its turn.
    static func bar(_ job: JobRecord, unit: String) -> HTML {
        guard let progress = job.progress, progress.total > 0 else {
            return "<p>順番を待っています。</p>"
        }
        let (done, total) = (progress.done, progress.total)
        return """
            <p id="progress">\(total.grouped)\(unit)のうち、\(done.grouped)\(unit)まで進みました。</p>
            <progress aria-labelledby="progress" max="\(String(total))" value="\(String(done))">
            </progress>
            """
    }

    /// The plan that took the place of one that no longer held.
    static func newPlan(_ job: JobRecord) -> String? {
        guard case .changed(let newPlan) = job.failure else { return nil }
        return newPlan
    }

    /// Nothing was done, because it would no longer have been what was shown: leads to what would
    /// be.
    static func changed(_ job: JobRecord, at route: Route, then next: String) -> HTML {
        let number = newPlan(job) ?? ""
        return Part.note(
            "warn", "下見のあとに変わったところがあります",
            """
            <p>
              まだ何も行っていません。<a href="\(href(route.with("number", number)))">新しい下見（\(number)）</a>
              を確かめてから、\(next)
            </p>
            """
        )
    }

    /// A job that was given up: the reference to tell.
    static func broke(_ job: JobRecord) -> HTML? {
        guard case .broke(let reference) = job.failure else { return nil }
        return """
            <p>システムの不具合のため中止しました。途中までの結果は残っていません。事務局にもお知らせしました。参照番号：<code>\(reference)</code></p>
            """
    }
}
