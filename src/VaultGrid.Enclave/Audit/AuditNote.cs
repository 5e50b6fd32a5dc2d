using System.Collections.Immutable;
using System.Security.Cryptography;
using VaultGrid.Model.Json;

namespace VaultGrid.Enclave;

/// <summary>
/// What an entry of the audit log is to say; the trail adds number, time and hash. Whatever uses a key or changes state notes it: with <see cref="AuditTrail.Write"/> while a
/// call is answered, or as <see cref="Step{T}.Note"/> where the state changes, which then tells of the change even if the enclave is killed in between.
/// </summary>
/// <param name="Action">A request's action, one of <see cref="AuditActions"/>, or a name of the subject's own as <c>area.verb</c>.</param>
internal sealed record AuditNote(string Action)
{
    /// <summary><see cref="AuditEntry.Done"/>, or the refusal's code.</summary>
    public string Outcome { get; init; } = AuditEntry.Done;

    /// <summary>The hash of the key's birth record.</summary>
    public Hash256 Key { get; init; }

    /// <summary>The request's hash.</summary>
    public Hash256 Request { get; init; }

    /// <summary>SHA-256 of each approving administrator's certificate.</summary>
    public ImmutableArray<Hash256> Approvals { get; init; } = [];

    /// <summary>What else there is to say, in public, never a secret; what is too long or can't be shown plainly is cut and marked.</summary>
    public string Subject
    {
        get;
        init => field = Fitting(value);
    }
    = "";

    /// <summary>Throws where it names no action: before anything is kept that it would tell of.</summary>
    /// <exception cref="InvalidOperationException">A defect of whoever made it.</exception>
    public void Check()
    {
        if (!AuditActions.IsName(Action) || !AuditActions.IsName(Outcome)) throw new InvalidOperationException($"'{Action}', '{Outcome}' is no action with an outcome.");
    }

    /// <summary>What an approved request came to.</summary>
    public static AuditNote Of(RequestDocument document, IReadOnlyList<Approval> approvals, Refusal? refusal = null) => new(document.Request.Action)
    {
        Request = document.Hash,
        Key = document.Request switch
        {
            SignRequest sign => sign.Key,
            ChangePolicyRequest change => change.Key,
            ClearAlarmsRequest clear => clear.Key,
            _ => default,
        },
        Approvals = Fingerprints(approvals),
        Outcome = refusal?.Code.Name() ?? AuditEntry.Done,
        Subject = refusal is null ? document.Request.Id.ToString() : "",
    };

    /// <summary>The approvers' certificates, hashed.</summary>
    public static ImmutableArray<Hash256> Fingerprints(IReadOnlyList<Approval> approvals)
    {
        var hashes = ImmutableArray.CreateBuilder<Hash256>(approvals.Count);
        Span<byte> hash = stackalloc byte[Hash256.Length];
        foreach (var approval in approvals)
        {
            SHA256.HashData(approval.Certificate.Span, hash);
            hashes.Add(new Hash256(hash));
        }

        return hashes.MoveToImmutable();
    }

    private static string Fitting(string subject)
    {
        const string Cut = "(cut)";
        var plain = PlainText.IsPlain(subject) ? subject : string.Concat(subject.Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?'));
        if (System.Text.Encoding.UTF8.GetByteCount(plain) <= AuditEntry.SubjectLimit) return plain;
        var length = Math.Min(plain.Length, AuditEntry.SubjectLimit);
        while (System.Text.Encoding.UTF8.GetByteCount(plain.AsSpan(0, length)) > AuditEntry.SubjectLimit - Cut.Length || char.IsHighSurrogate(plain[length - 1])) length--;
        return plain[..length] + Cut;
    }

    internal static void Write(WireWriter writer, AuditNote note) =>
        writer.Text(note.Action).Text(note.Outcome).Hash(note.Key).Hash(note.Request).List(note.Approvals, (to, approval) => to.Hash(approval)).Text(note.Subject);

    internal static AuditNote Read(ref WireReader reader) => new(reader.Text(AuditActions.Longest))
    {
        Outcome = reader.Text(AuditActions.Longest),
        Key = reader.Hash(),
        Request = reader.Hash(),
        Approvals = [.. reader.List(Approval.Limit, (ref WireReader from) => from.Hash())],
        Subject = reader.Text(AuditEntry.SubjectLimit),
    };
}
