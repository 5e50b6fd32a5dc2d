using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Repair;

/// <summary>
/// A helper: splits λ_i·s_i into random parts, one for each helper (round 1), and adds the parts that it gets (round 2). Its sum says nothing about any share,
/// to the others or to the party that is helped, beyond the share that is repaired.
/// </summary>
public sealed class RepairHelper : IDisposable
{
    private readonly RepairSession _session;
    private readonly Dictionary<PartyIndex, SecretScalar> _parts = [];
    private readonly Dictionary<PartyIndex, SecretScalar> _received = [];

    private RepairHelper(RepairSession session, PartyIndex me) => (_session, Index) = (session, me);

    /// <summary>This helper.</summary>
    public PartyIndex Index { get; }

    /// <summary>Round 1, for everybody: a signed commitment to each part.</summary>
    public SignedMessage Commitments { get; private set; } = null!;

    /// <summary>Draws the parts.</summary>
    public static RepairHelper Start(RepairSession session, KeyShare share, IStatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(signer);
        if (!share.Key.Equals(session.Key) || !session.Helpers.Contains(share.Index)) throw new ArgumentException("The share is not a helper's of this session.", nameof(share));

        var helper = new RepairHelper(session, share.Index);
        var rest = share.Secret.Multiply(session.Factor(share.Index));
        foreach (var other in session.Helpers.SkipLast(1))
        {
            var part = session.Key.Group.RandomSecret();
            helper._parts.Add(other, part);
            using var negated = part.Negate();
            using var before = rest;
            rest = before.Add(negated);
        }
        helper._parts.Add(session.Helpers[^1], rest);
        var body = new CanonicalWriter().List(session.Helpers, (w, other) => w.Element(helper._parts[other].TimesGenerator())).ToArray();
        helper.Commitments = SignedMessage.Sign(RepairSession.MessageKind, session.Binding, share.Index, body, signer);
        helper._received.Add(share.Index, helper._parts[share.Index].Clone());
        return helper;
    }

    /// <summary>The part for another helper, 32 bytes, to be sealed to it; the caller disposes of it.</summary>
    public SecretBytes PartFor(PartyIndex other) => _parts[other].ToSecret();

    /// <summary>Checks the part of another helper against its commitments, and takes it.</summary>
    /// <param name="commitments">What that helper told everybody.</param>
    /// <param name="part">What it sealed to us; belongs to this helper from now on.</param>
    /// <param name="verifier">Knows the holders' keys.</param>
    /// <returns>A fault that names that helper if its commitments are wrong. A wrong part convinces us alone: it is reported the same way, and other helpers are tried.</returns>
    public StepResult<Done> Receive(SignedMessage commitments, SecretBytes part, IStatementVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        ArgumentNullException.ThrowIfNull(part);
        if (!_session.Open(commitments, verifier).Is(out var elements, out var fault))
        {
            part.Dispose();
            return fault;
        }
        if (!_session.Key.Group.DecodeSecret(part).Is(out var scalar, out _)) return new ProtocolFault.Cheated(commitments.From, ProtocolCheck.Encoding);
        if (!scalar.TimesGenerator().Equals(elements[Place(Index)]))
        {
            scalar.Dispose();
            return new ProtocolFault.Cheated(commitments.From, ProtocolCheck.RepairPart);
        }
        if (!_received.TryAdd(commitments.From, scalar)) scalar.Dispose();
        return new Done();
    }

    /// <summary>Round 2: the sum of all parts, 32 bytes, to be sealed to the party that is helped; the caller disposes of it.</summary>
    public StepResult<SecretBytes> Sum()
    {
        var missing = _session.Helpers.Except(_received.Keys).ToArray();
        if (missing.Length > 0) return new ProtocolFault.Missing(missing);
        var sum = _received[_session.Helpers[0]].Clone();
        foreach (var other in _session.Helpers.Skip(1))
        {
            using var before = sum;
            sum = before.Add(_received[other]);
        }
        using (sum) return sum.ToSecret();
    }

    /// <summary>Wipes the parts.</summary>
    public void Dispose()
    {
        foreach (var part in _parts.Values.Concat(_received.Values)) part.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "RepairHelper(redacted)";

    private int Place(PartyIndex helper) => _session.Helpers.Count(h => h < helper);
}
