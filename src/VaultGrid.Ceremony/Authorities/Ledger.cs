using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>
/// What a CA has given away: serial numbers, revocations, list numbers; one line each, in order, in the file <c>ledger</c>. Immutable: the next
/// one is written to disk before anything that it names leaves.
/// </summary>
internal sealed record Ledger(ImmutableArray<LedgerEntry> Entries)
{
    private const string Title = "vaultgrid-ledger 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static Ledger Empty { get; } = new(ImmutableArray<LedgerEntry>.Empty);

    public ulong LastNumber => Entries.OfType<LedgerEntry.Listed>().LastOrDefault()?.Number ?? 0;

    public DateTimeOffset? LastUpdate => Entries.OfType<LedgerEntry.Listed>().LastOrDefault()?.ThisUpdate;

    public IEnumerable<LedgerEntry.Issued> Issued => Entries.OfType<LedgerEntry.Issued>();

    public IEnumerable<LedgerEntry.Revoked> Revoked => Entries.OfType<LedgerEntry.Revoked>();

    public Ledger With(LedgerEntry entry) => new(Entries.Add(entry));

    public bool IsRevoked(CertificateSerial serial) => Revoked.Any(entry => entry.Serial == serial);

    /// <summary>Reads what <see cref="ToText"/> wrote; anything else is refused as a whole.</summary>
    public static Outcome<Ledger> Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 2 || lines[0] != Title || lines[^1].Length != 0) return Damaged(0);

        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        for (var i = 1; i < lines.Length - 1; i++)
        {
            if (ParseLine(lines[i].Split(' ')) is not { } entry) return Damaged(i);
            entries.Add(entry);
        }

        var ledger = new Ledger(entries.ToImmutable());
        return ledger.ToText() == text ? ledger : Damaged(0);
    }

    public string ToText()
    {
        var text = new StringBuilder(Title).Append('\n');
        foreach (var entry in Entries) text.Append(Line(entry)).Append('\n');
        return text.ToString();
    }

    private static string Line(LedgerEntry entry) => entry switch
    {
        LedgerEntry.Issued e => $"issued {e.Serial} {Time(e.NotAfter)} {e.KeyFingerprint} {e.Identity}",
        LedgerEntry.Revoked e => $"revoked {e.Serial} {Time(e.Since)} {((int)e.Reason).ToString(CultureInfo.InvariantCulture)}",
        LedgerEntry.Listed e => $"listed {e.Number.ToString(CultureInfo.InvariantCulture)} {Time(e.ThisUpdate)}",
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    private static LedgerEntry? ParseLine(string[] words) => words switch
    {
        ["issued", var serial, var notAfter, { Length: 64 } key, var uri]
            when CertificateSerial.Parse(serial).Is(out var s, out _) && Time(notAfter) is { } end && CertificateIdentity.Parse(uri).Is(out var identity, out _) =>
            new LedgerEntry.Issued(s, end, key, identity),
        ["revoked", var serial, var since, var reason]
            when CertificateSerial.Parse(serial).Is(out var s, out _) && Time(since) is { } start && Enum.TryParse<RevocationReason>(reason, out var why)
                && Enum.IsDefined(why) => new LedgerEntry.Revoked(s, start, why),
        ["listed", var number, var thisUpdate]
            when ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && Time(thisUpdate) is { } time =>
            new LedgerEntry.Listed(n, time),
        _ => null,
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static Refusal Damaged(int line) =>
        new(RefusalCode.StoreTampered, $"the ledger is damaged at line {line + 1}: restore the directory from its backup");
}
