using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>The frame that certificates, lists and certificate requests share: what is signed, the algorithm, the signature (X.509 SIGNED).</summary>
internal readonly record struct SignedDer(ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Algorithm, ReadOnlyMemory<byte> Signature)
{
    /// <exception cref="AsnContentException">Not DER, or bytes after the end.</exception>
    public static SignedDer Read(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        var frame = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        var signed = frame.ReadEncodedValue();
        var algorithm = frame.ReadEncodedValue();
        var signature = frame.ReadOctetsOfBitString();
        frame.ThrowIfNotEmpty();
        return new(signed, algorithm, signature);
    }
}
