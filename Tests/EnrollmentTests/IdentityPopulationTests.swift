import Enrollment
import IdentityPopulation
import Testing

/// Invented people whose truth is known: households with one mailbox, namesakes, marriages, moves,
/// slips, numbers and domains given anew, people by two doors. `ops/bench identity` measures more of
/// them.
@Suite struct IdentityPopulationTests {
    @Test(arguments: 1...2)
    func nobodyIsTakenForSomebodyElseAndNobodyBecomesTwoInSilence(seed: Int) {
        let population = InventedPopulation(people: 1_200, seed: seed)
        let figures = IdentityFigures(of: population, under: IdentitySample.rules)
        #expect(figures.falseJoins == 0 && figures.silentSeconds == 0, "\(figures)")
        #expect(figures.questions * 100 <= figures.rows * 3, "\(figures)")
    }
}
