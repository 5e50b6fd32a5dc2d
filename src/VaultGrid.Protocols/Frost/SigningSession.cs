using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>The public values of one signature, the same for every signer and for whoever aggregates: binding factors, R and challenge.</summary>
public sealed class SigningSession
{
    private readonly Dictionary<PartyIndex, PublicScalar> _bindingFactors = [];
    private readonly Dictionary<PartyIndex, GroupElement> _commitmentShares = [];
    private readonly GroupElement _r;
    private readonly PublicScalar _challenge;

    private SigningSession(SigningKey key, SigningPackage package)
    {
        (Key, Package) = (key, package);
        var (suite, group) = (key.Suite, key.Suite.Group);

        // compute_binding_factors (section 4.4), over the final group key: "rho_input_prefix = group_public_key_enc || msg_hash || encoded_commitment_hash"
        byte[] encoded = [.. package.Commitments.SelectMany(c => (byte[])[.. group.Scalar(c.Party.Value).Bytes, .. c.Hiding.Bytes, .. c.Binding.Bytes])];
        byte[] prefix = [.. key.PublicKey.Bytes, .. suite.H4(package.Message.Span), .. suite.H5(encoded)];
        foreach (var commitment in package.Commitments)
        {
            var rho = suite.H1([.. prefix, .. group.Scalar(commitment.Party.Value).Bytes]);
            _bindingFactors.Add(commitment.Party, rho);

            // compute_group_commitment (section 4.5): R = Σ D_i + ρ_i·E_i
            _commitmentShares.Add(commitment.Party, commitment.Hiding + commitment.Binding.MultiplyVarTime(rho));
        }
        var r = GroupElement.Sum([.. _commitmentShares.Values]);
        IsNegated = suite.EvenY && !r.IsIdentity && r.Bytes[0] == 0x03;
        _r = IsNegated ? -r : r;
        _challenge = _r.IsIdentity ? group.Zero : suite.Challenge(_r, key.PublicKey, package.Message.Span);
    }

    /// <summary>The key that signs.</summary>
    public SigningKey Key { get; }

    /// <summary>Message and commitments.</summary>
    public SigningPackage Package { get; }

    /// <summary>True where R's y was odd and BIP-340 wants it even: nonces count negated.</summary>
    internal bool IsNegated { get; }

    /// <summary>R as it stands in the signature.</summary>
    internal byte[] Commitment => Key.Suite.EncodeSignature(_r, Key.Suite.Group.Zero)[..^PrimeGroup.ScalarLength];

    /// <summary>Checks a package and computes the session's values.</summary>
    /// <returns>The session, or <see cref="RefusalCode.InputMalformed"/>: signers, or commitments that cancel out.</returns>
    public static Outcome<SigningSession> Of(SigningKey key, SigningPackage package)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(package);
        if (package.Check(key.Shared) is { } refusal) return refusal;
        var session = new SigningSession(key, package);
        return session._r.IsIdentity ? new Refusal(RefusalCode.InputMalformed, "the commitments to nonces cancel out") : session;
    }

    /// <summary>verify_signature_share (section 5.4): z_i·G − c·λ_i·Y_i = R_i.</summary>
    /// <returns>A fault that names the signer, or null.</returns>
    public ProtocolFault? Check(SignatureShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (!_commitmentShares.TryGetValue(share.Party, out var ri))
            return new ProtocolFault.Refused(new Refusal(RefusalCode.InputMalformed, $"party {share.Party} is not one of the signers"));
        if (share.Z.Group != Key.Suite.Group) return new ProtocolFault.Cheated(share.Party, ProtocolCheck.Encoding);
        var own = Key.Suite.Group.CombineVarTime(share.Z, Key.PublicShare(share.Party), -ChallengeFactor(share.Party));
        return own.Equals(IsNegated ? -ri : ri) ? null : new ProtocolFault.Cheated(share.Party, ProtocolCheck.SignatureShare);
    }

    /// <summary>
    /// aggregate (section 5.3): the signature is verified as an ordinary verifier does before it is handed out; where it does not verify, the shares are verified
    /// one by one, to name whose is bad.
    /// </summary>
    /// <returns>The signature: 65 bytes on secp256k1, else 64; a fault that names the first bad share, or the signers without one.</returns>
    public StepResult<byte[]> Aggregate(IReadOnlyCollection<SignatureShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var missing = Package.Signers.Except(shares.Select(s => s.Party)).ToArray();
        if (missing.Length > 0) return new ProtocolFault.Missing(missing);
        if (shares.Count != Package.Commitments.Count) return new Refusal(RefusalCode.InputMalformed, "a signer has more than one share, or a share no signer");
        if (shares.FirstOrDefault(share => share.Z.Group != Key.Suite.Group) is { } foreign) return new ProtocolFault.Cheated(foreign.Party, ProtocolCheck.Encoding);
        var signature = Key.Suite.EncodeSignature(_r, shares.Aggregate(Key.Suite.Group.Zero, (z, share) => z + share.Z));
        if (Key.Suite.Verify(Key.PublicKey, Package.Message.Span, signature)) return signature;
        foreach (var share in shares)
        {
            if (Check(share) is { } fault) return fault;
        }
        return new Refusal(RefusalCode.EnclaveFault, "a signature of good shares does not verify, so it is withheld");
    }

    /// <summary>sign (section 5.2): z_i = d_i + e_i·ρ_i + λ_i·s_i·c, the nonces negated where R was.</summary>
    internal SignatureShare Sign(KeyShare share, SigningNonces nonces)
    {
        using var bound = nonces.Binding.Multiply(_bindingFactors[share.Index]);
        using var sum = nonces.Hiding.Add(bound);
        using var nonce = IsNegated ? sum.Negate() : sum.Clone();
        using var secret = Key.ShareOf(share);
        using var response = secret.Multiply(ChallengeFactor(share.Index));
        using var z = nonce.Add(response);
        return new SignatureShare(share.Index, z.Reveal());
    }

    // c·λ_i
    private PublicScalar ChallengeFactor(PartyIndex signer) => _challenge * Lagrange.Coefficient(Key.Suite.Group, Package.Signers, signer);
}
