using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Dise;

/// <summary>The requester's half: checks every partial evaluation, combines f + 1 of them, and derives the key of one ciphertext.</summary>
public sealed class DiseCombiner : IDisposable
{
    private readonly SharedKey _key;
    private readonly GroupElement _element;
    private readonly SortedDictionary<PartyIndex, DiseEvaluation> _good = [];
    private readonly Dictionary<PartyIndex, ProtocolFault> _faults = [];

    internal DiseCombiner(SharedKey key, DiseInput input)
    {
        PrimeGroup.Ristretto255.Require(key.Group);
        (_key, Input, _element) = (key, input, input.ToElement());
    }

    /// <summary>What the holders are to evaluate.</summary>
    public DiseInput Input { get; }

    /// <summary>Whose evaluations don't verify.</summary>
    public IReadOnlyCollection<ProtocolFault> Faults => _faults.Values;

    /// <summary>Checks an evaluation, which belongs to this combiner from now on. The first good one of each holder counts.</summary>
    /// <returns>A fault that names a holder whose proof does not hold.</returns>
    public StepResult<Done> Add(DiseEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (evaluation.Holds(_key, Input, _element))
        {
            if (!_good.TryAdd(evaluation.Party, evaluation)) evaluation.Dispose();
            return new Done();
        }
        evaluation.Dispose();
        if (!_key.Parameters.Has(evaluation.Party)) return new Refusal(RefusalCode.InputMalformed, $"party {evaluation.Party} holds no share");
        var fault = new ProtocolFault.Cheated(evaluation.Party, ProtocolCheck.Evaluation);
        _faults.TryAdd(evaluation.Party, fault);
        return fault;
    }

    /// <summary>Wipes the evaluations.</summary>
    public void Dispose()
    {
        foreach (var evaluation in _good.Values) evaluation.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DiseCombiner(redacted)";

    /// <summary>HKDF of W = Σ λ_i·W_i = k·H₂C(x): the AES-256-GCM key for this input.</summary>
    internal StepResult<SecretBytes> DeriveKey()
    {
        var signers = _good.Keys.Take(_key.Parameters.Signers).ToArray();
        if (signers.Length < _key.Parameters.Signers)
            return new ProtocolFault.Missing([.. _key.Parameters.Indices.Where(i => !_good.ContainsKey(i) && !_faults.ContainsKey(i))]);

        var sum = _good[signers[0]].Value.Multiply(Lagrange.Coefficient(_key.Group, signers, signers[0]));
        foreach (var signer in signers.Skip(1))
        {
            using var before = sum;
            using var term = _good[signer].Value.Multiply(Lagrange.Coefficient(_key.Group, signers, signer));
            sum = before.Add(term);
        }
        using (sum)
        {
            using var w = sum.ToSecret();
            var info = Tagged.Statement("dise-key", new CanonicalWriter().Element(_key.PublicKey).Bytes(Input.ToBytes()).Written);
            return HkdfSha256.Derive(w, salt: [], info, Aes256Gcm.KeyLength);
        }
    }
}
