using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Dise;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Dise;

public sealed class DiseTests
{
    private static readonly byte[] Alice = "client:alice"u8.ToArray();

    [Theory]
    [InlineData(4, 1, 0)]
    [InlineData(4, 1, 32)]
    [InlineData(7, 2, 1000)]
    [InlineData(3, 1, 1 << 20)]
    public void What_any_quorum_encrypts_any_other_decrypts(int n, int f, int length)
    {
        var shares = Ceremonies.Shares(PrimeGroup.Ristretto255, n, f);
        var message = new byte[length];
        Random.Shared.NextBytes(message);
        var ciphertext = Encrypt(shares, shares.Values.Take(f + 1), message);
        Assert.Equal(message, Decrypt(shares, shares.Values.TakeLast(f + 1), ciphertext).Value);
        Assert.NotEqual(ciphertext, Encrypt(shares, shares.Values.Take(f + 1), message));
    }

    [Fact]
    public void A_refreshed_key_reads_what_was_encrypted_before()
    {
        using var polynomial = SecretPolynomial.Random(PrimeGroup.Ristretto255, 1);
        using var other = SecretPolynomial.WithConstant(polynomial.Constant, 1);
        var ciphertext = Encrypt(Ceremonies.Shares(polynomial, 4, 1), Ceremonies.Shares(polynomial, 4, 1).Values.Take(2), [1, 2, 3]);
        var next = Ceremonies.Shares(other, 4, 1);
        Assert.Equal([1, 2, 3], Decrypt(next, next.Values.Take(2), ciphertext).Value);
    }

    [Fact]
    public void A_wrong_evaluation_names_its_holder_and_is_not_used()
    {
        var (shares, others) = (Ceremonies.Shares(PrimeGroup.Ristretto255, 4, 1), Ceremonies.Shares(PrimeGroup.Ristretto255, 4, 1));
        using var message = SecretBytes.Take([7]);
        using var encryption = DiseEncryption.Start(shares[new(1)].Key, Alice, message).Value;
        var input = encryption.Combiner.Input;
        var wrongInput = DiseInput.Of(Alice, Tagged.Hash("test", [])).Value;

        Assert.Equal(new ProtocolFault.Cheated(new(2), ProtocolCheck.Evaluation), encryption.Combiner.Add(DiseEvaluation.Of(others[new(2)], input)).Fault);
        Assert.Equal(new ProtocolFault.Cheated(new(3), ProtocolCheck.Evaluation), encryption.Combiner.Add(DiseEvaluation.Of(shares[new(3)], wrongInput)).Fault);
        Assert.Equal([new(1), new(4)], encryption.Finish().Fault!.Culprits);

        // Each byte of a good one matters.
        for (var at = 0; at < 97; at += 5)
        {
            using var good = DiseEvaluation.Of(shares[new(1)], input).ToSecret();
            good.Span[at] ^= 1;
            if (DiseEvaluation.From(good.Clone()).Is(out var changed, out _)) Assert.NotNull(encryption.Combiner.Add(changed).Fault);
        }
        Assert.Null(encryption.Combiner.Add(DiseEvaluation.Of(shares[new(1)], input)).Fault);
        Assert.Equal([new PartyIndex(4)], encryption.Finish().Fault!.Culprits);
        Assert.Null(encryption.Combiner.Add(DiseEvaluation.From(DiseEvaluation.Of(shares[new(4)], input).ToSecret()).Value).Fault);
        Assert.Equal([7], Decrypt(shares, shares.Values.Take(2), encryption.Finish().Value).Value);
    }

    [Fact]
    public void A_changed_ciphertext_is_refused()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Ristretto255, 4, 1);
        var bytes = Encrypt(shares, shares.Values.Take(2), [1, 2, 3, 4]).ToBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            if (!DiseCiphertext.Parse(changed).Is(out var ciphertext, out _)) continue;
            Assert.NotNull(Decrypt(shares, shares.Values.Take(2), ciphertext).Fault);
        }
        for (var cut = 0; cut < bytes.Length; cut++) Assert.NotNull(DiseCiphertext.Parse(bytes.AsSpan(0, cut)).Refusal);
    }

    [Fact]
    public void Whoever_has_the_key_of_one_commitment_can_seal_nothing_else_under_it()
    {
        var shares = Ceremonies.Shares(PrimeGroup.Ristretto255, 4, 1);
        var ciphertext = Encrypt(shares, shares.Values.Take(2), [1]);
        var combiner = new DiseCombiner(shares[new(1)].Key, ciphertext.Input);
        foreach (var share in shares.Values.Take(2)) combiner.Add(DiseEvaluation.Of(share, ciphertext.Input));
        using var key = combiner.DeriveKey().Value;
        foreach (var content in new byte[][] { [.. new byte[32], 9], new byte[31], [] })
        {
            var forged = new DiseCiphertext(ciphertext.Input, Aes256Gcm.Seal(key, content, ciphertext.Input.ToBytes()));
            Assert.Equal(RefusalCode.InputMalformed, Assert.IsType<ProtocolFault.Refused>(Decrypt(shares, shares.Values.Take(2), forged).Fault).Refusal.Code);
        }
    }

    [Fact]
    public void An_envelope_binds_its_payload()
    {
        using var payload = SecretBytes.Random(3_000_000);
        var (sealedPayload, message) = DiseEnvelope.Seal(payload);
        using var opened = DiseEnvelope.Open(sealedPayload, message).Value;
        Assert.Equal(payload.Span, opened.Span);
        var (other, _) = DiseEnvelope.Seal(payload);
        Assert.NotNull(DiseEnvelope.Open(other, message).Refusal);
        sealedPayload[100] ^= 1;
        Assert.NotNull(DiseEnvelope.Open(sealedPayload, message).Refusal);
        Assert.NotNull(DiseEnvelope.Open(sealedPayload, payload).Refusal);
        message.Dispose();
    }

    [Fact]
    public void Identities_and_evaluations_out_of_form_are_refused()
    {
        var hash = Tagged.Hash("test", []);
        Assert.NotNull(DiseInput.Of([], hash).Refusal);
        Assert.NotNull(DiseInput.Of(new byte[257], hash).Refusal);
        Assert.NotEqual(DiseInput.Of([1, 2], hash).Value.ToElement(), DiseInput.Of([1], hash).Value.ToElement());
        Assert.NotNull(DiseEvaluation.From(SecretBytes.Take(new byte[97])).Refusal);
        Assert.NotNull(DiseEvaluation.From(SecretBytes.Take(new byte[96])).Refusal);
        Assert.Equal("DiseEvaluation(redacted)", DiseEvaluation.Of(Ceremonies.Shares(PrimeGroup.Ristretto255, 4, 1)[new(1)], DiseInput.Of([1], hash).Value).ToString());
    }

    private static DiseCiphertext Encrypt(IReadOnlyDictionary<PartyIndex, KeyShare> shares, IEnumerable<KeyShare> holders, byte[] message)
    {
        using var secret = SecretBytes.Take([.. message]);
        using var encryption = DiseEncryption.Start(shares.Values.First().Key, Alice, secret).Value;
        foreach (var holder in holders) Assert.Null(encryption.Combiner.Add(DiseEvaluation.Of(holder, DiseInput.Parse(encryption.Combiner.Input.ToBytes()).Value)).Fault);
        return DiseCiphertext.Parse(encryption.Finish().Value.ToBytes()).Value;
    }

    private static StepResult<byte[]> Decrypt(IReadOnlyDictionary<PartyIndex, KeyShare> shares, IEnumerable<KeyShare> holders, DiseCiphertext ciphertext)
    {
        using var decryption = new DiseDecryption(shares.Values.First().Key, ciphertext);
        foreach (var holder in holders) Assert.Null(decryption.Combiner.Add(DiseEvaluation.Of(holder, ciphertext.Input)).Fault);
        if (!decryption.Finish().Is(out var opened, out var fault)) return fault;
        using (opened) return opened.Span.ToArray();
    }
}
