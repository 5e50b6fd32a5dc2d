using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>Whole ceremonies, and what has to hold after them.</summary>
internal static class Ceremonies
{
    public static PrimeGroup Group(string name) =>
        new[] { PrimeGroup.Secp256k1, PrimeGroup.Ed25519, PrimeGroup.Ristretto255, PrimeGroup.Bls12381G1 }.Single(group => group.Name == name);

    public static CeremonyRun Generate(PrimeGroup group, int n, int f, Random random, Dictionary<PartyIndex, Cheat>? cheats = null, bool restart = false)
    {
        var keys = new DeviceKeys(n, f);
        var ceremony = DealingCeremony.Generate(group, Tagged.Hash("test-session", [(byte)random.Next(256)]), keys.Roster);
        return new CeremonyRun(ceremony, keys, keys, random) { Cheats = cheats ?? [], RestartAlways = restart };
    }

    /// <summary>Shares of an honest ceremony, quickly: no network.</summary>
    public static IReadOnlyDictionary<PartyIndex, KeyShare> Shares(PrimeGroup group, int n, int f)
    {
        using var polynomial = SecretPolynomial.Random(group, f);
        return Shares(polynomial, n, f);
    }

    public static IReadOnlyDictionary<PartyIndex, KeyShare> Shares(SecretPolynomial polynomial, int n, int f)
    {
        var parameters = ThresholdParameters.Of(n, f).Value;
        var key = new SharedKey(parameters, 1, polynomial.Commit(), Tagged.Hash("test-chain-code", []), Tagged.Hash("test-transcript", []));
        return parameters.Indices.ToDictionary(i => i, i => KeyShare.Of(i, key, polynomial.Evaluate(i)).Value);
    }

    public static void AssertOneKey(IReadOnlyDictionary<PartyIndex, KeyShare> shares, int count, string seed)
    {
        Assert.True(shares.Count == count, $"{shares.Count} shares, {seed}");
        var key = shares.Values.First().Key;
        Assert.All(shares.Values, share => Assert.Equal(key, share.Key));
        Assert.All(shares, pair => Assert.Equal(pair.Key, pair.Value.Index));

        // Any f + 1 shares are the key's: the first, the last, and some in between.
        var signers = key.Parameters.Signers;
        foreach (var subset in new[] { shares.Take(signers), shares.TakeLast(signers), shares.Skip(shares.Count / 3).Take(signers) })
        {
            var chosen = subset.ToDictionary();
            if (chosen.Count < signers) continue;
            Assert.Equal(key.PublicKey, Secret(chosen).TimesGenerator());
        }
    }

    public static SecretScalar Secret(IReadOnlyDictionary<PartyIndex, KeyShare> shares)
    {
        var group = shares.Values.First().Key.Group;
        var sum = group.DecodeSecret(SecretBytes.Take(group.Zero.Bytes.ToArray())).Value;
        foreach (var (index, share) in shares) sum = sum.Add(share.Secret.Multiply(Lagrange.Coefficient(group, [.. shares.Keys], index)));
        return sum;
    }
}
