using System.Globalization;

namespace VaultGrid.Operations.Tests.Silos;

/// <summary>What callers saw while something happened to the grid.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Elapsed">From before it until everybody had been served again.</param>
/// <param name="Answers">Signatures that came in that time.</param>
/// <param name="Repeated">Those among them that took more than one attempt.</param>
/// <param name="Refused">Attempts that were refused, by code; every one of these codes may be tried again.</param>
/// <param name="Silence">The longest time without any answer to anybody.</param>
/// <param name="Slowest">The longest that one caller waited for one signature, all attempts together.</param>
internal sealed record SteadyFigures(
    string Event, TimeSpan Elapsed, int Answers, int Repeated, IReadOnlyDictionary<string, int> Refused, TimeSpan Silence, TimeSpan Slowest)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Event}: {Answers} signatures in {Elapsed.TotalSeconds:0.0} s, nobody served for {Silence.TotalSeconds:0.00} s, slowest {Slowest.TotalSeconds:0.00} s, {Repeated} repeated; refused attempts: {Codes}");

    private string Codes => Refused.Count == 0 ? "none" : string.Join(", ", Refused.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Value} {each.Key}"));
}
