using System.Globalization;
using NBitcoin;

namespace VaultGrid.NBitcoin.Tests;

/// <summary>The same wallet twice: ours and NBitcoin's.</summary>
internal sealed class Wallets : IDisposable
{
    private Wallets(ExtendedPrivateKey ours, ExtKey theirs) => (Ours, Theirs) = (ours, theirs);

    public ExtendedPrivateKey Ours { get; }

    public ExtKey Theirs { get; }

    public static Wallets Of(byte[] seed)
    {
        var theirs = ExtKey.CreateFromSeed(seed);
        using var secret = SecretBytes.Take(seed);
        return new Wallets(ExtendedPrivateKey.FromSeed(secret).Value, theirs);
    }

    /// <summary>Both, at the end of a path such as <c>84'/0'/0'/0/7</c>.</summary>
    public Wallets At(string path) => new(Ours.Derive(DerivationPath.Parse("m/" + path).Value).Value, Theirs.Derive(KeyPath.Parse(path)));

    /// <summary>One to six random steps, hardened or not.</summary>
    public static string RandomPath(SeededBytes random) => string.Join('/', Enumerable.Range(0, 1 + random.NextInt(6)).Select(_ =>
        random.NextInt(int.MaxValue).ToString(CultureInfo.InvariantCulture) + (random.NextInt(2) == 0 ? "'" : "")));

    public void Dispose() => Ours.Dispose();
}
