using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>Versions and evidence as bytes: what grains keep and hand on, in the encoding of the enclaves.</summary>
internal static class EnclaveDocuments
{
    public static byte[] Of(CertifiedVersion certified)
    {
        var writer = new WireWriter();
        CertifiedVersion.Write(writer, certified);
        return writer.ToArray();
    }

    public static byte[] Of(KeyEvidence evidence)
    {
        var writer = new WireWriter();
        KeyEvidence.Write(writer, evidence);
        return writer.ToArray();
    }

    public static Outcome<CertifiedVersion> Certified(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var certified = CertifiedVersion.Read(ref reader);
        return reader.End("a certified version", out var refusal) ? certified : refusal;
    }

    public static Outcome<KeyEvidence> Evidence(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var evidence = KeyEvidence.Read(ref reader);
        return reader.End("a key's evidence", out var refusal) ? evidence : refusal;
    }

    /// <summary>What a new holder is brought: the key's evidence, and behind it the version in force.</summary>
    public static byte[] ForNewHolder(CertifiedVersion certified, KeyEvidence evidence)
    {
        var writer = new WireWriter();
        KeyEvidence.Write(writer, evidence);
        CertifiedVersion.Write(writer, certified);
        return writer.ToArray();
    }

    /// <summary>The version in force, out of what a new holder is brought.</summary>
    public static Outcome<CertifiedVersion> ForNewHolder(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        _ = KeyEvidence.Read(ref reader);
        var certified = CertifiedVersion.Read(ref reader);
        return reader.End("what a new holder is brought", out var refusal) ? certified : refusal;
    }
}
