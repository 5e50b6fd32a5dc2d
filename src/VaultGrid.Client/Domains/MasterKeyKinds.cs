namespace VaultGrid.Client;

/// <summary>The names of <see cref="MasterKeyKind"/> in answers and on the command line.</summary>
public static class MasterKeyKinds
{
    private static readonly (MasterKeyKind Kind, string Name)[] All =
    [
        (MasterKeyKind.Aes256, "aes-256"), (MasterKeyKind.Ed25519, "ed25519"), (MasterKeyKind.EcdsaP256, "ecdsa-p256"),
        (MasterKeyKind.EcdsaSecp256k1, "ecdsa-secp256k1"), (MasterKeyKind.Rsa3072, "rsa-3072"),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(each => each.Name)];

    /// <summary>A kind's name.</summary>
    public static string Name(MasterKeyKind kind) => All.Single(each => each.Kind == kind).Name;

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string name, out MasterKeyKind kind)
    {
        kind = All.FirstOrDefault(each => each.Name == name).Kind;
        return kind != 0;
    }
}
