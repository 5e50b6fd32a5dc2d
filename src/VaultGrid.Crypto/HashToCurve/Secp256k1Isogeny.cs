using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>The isogeny of degree 3 onto secp256k1 (RFC 9380, E.1).</summary>
internal static class Secp256k1Isogeny
{
    private static readonly Residue<Secp256k1Modulus>[] XNumerator =
    [
        Residue<Secp256k1Modulus>.From("8e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38daaaaa8c7"),
        Residue<Secp256k1Modulus>.From("07d3d4c80bc321d5b9f315cea7fd44c5d595d2fc0bf63b92dfff1044f17c6581"),
        Residue<Secp256k1Modulus>.From("534c328d23f234e6e2a413deca25caece4506144037c40314ecbd0b53d9dd262"),
        Residue<Secp256k1Modulus>.From("8e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38e38daaaaa88c"),
    ];

    private static readonly Residue<Secp256k1Modulus>[] XDenominator =
    [
        Residue<Secp256k1Modulus>.From("d35771193d94918a9ca34ccbb7b640dd86cd409542f8487d9fe6b745781eb49b"),
        Residue<Secp256k1Modulus>.From("edadc6f64383dc1df7c4b2d51b54225406d36b641f5e41bbc52a56612a8c6d14"),
        Residue<Secp256k1Modulus>.From("01"),
    ];

    private static readonly Residue<Secp256k1Modulus>[] YNumerator =
    [
        Residue<Secp256k1Modulus>.From("4bda12f684bda12f684bda12f684bda12f684bda12f684bda12f684b8e38e23c"),
        Residue<Secp256k1Modulus>.From("c75e0c32d5cb7c0fa9d0a54b12a0a6d5647ab046d686da6fdffc90fc201d71a3"),
        Residue<Secp256k1Modulus>.From("29a6194691f91a73715209ef6512e576722830a201be2018a765e85a9ecee931"),
        Residue<Secp256k1Modulus>.From("2f684bda12f684bda12f684bda12f684bda12f684bda12f684bda12f38e38d84"),
    ];

    private static readonly Residue<Secp256k1Modulus>[] YDenominator =
    [
        Residue<Secp256k1Modulus>.From("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffff93b"),
        Residue<Secp256k1Modulus>.From("7a06534bb8bdb49fd5e9e6632722c2989467c1bfc8e8d978dfb425d2685c2573"),
        Residue<Secp256k1Modulus>.From("6484aa716545ca2cf3a70c3fa8fe337e0a3d21162f0d6299a7bf8192bfd2a76f"),
        Residue<Secp256k1Modulus>.From("01"),
    ];

    public static IsogenyMap<Residue<Secp256k1Modulus>> Map { get; } = new(XNumerator, XDenominator, YNumerator, YDenominator);
}
