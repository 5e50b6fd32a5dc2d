using System.Security.Cryptography;

namespace VaultGrid.Crypto.Tests;

/// <summary>Keys of the unsafe size, drawn once for a run.</summary>
internal static class PaillierKeys
{
    private static readonly Lazy<PaillierPrivateKey> First = new(Draw);
    private static readonly Lazy<PaillierPrivateKey> Second = new(Draw);

    public static RandomNumberGenerator Random { get; } = RandomNumberGenerator.Create();

    public static PaillierPrivateKey Shared => First.Value;

    public static PaillierPrivateKey Other => Second.Value;

    private static PaillierPrivateKey Draw() => PaillierPrivateKey.Generate(Random, PaillierModulusSize.UnsafeBits2048);
}
