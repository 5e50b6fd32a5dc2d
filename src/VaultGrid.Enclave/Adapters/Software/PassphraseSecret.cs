using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>The sealing key is derived from a passphrase by Argon2id. Parameters: 2, memory in KiB (4), passes (4), salt (16).</summary>
internal sealed class PassphraseSecret : ISealingSecret
{
    /// <summary>The shortest passphrase, in bytes.</summary>
    public const int Shortest = 12;

    private const byte Form = 2;
    private const int Longest = 1024;

    private readonly SecretBytes _passphrase;
    private readonly Argon2idCost _cost;

    private PassphraseSecret(SecretBytes passphrase, Argon2idCost cost) => (_passphrase, _cost) = (passphrase, cost);

    /// <summary>Reads the file (one line end at its end is not part of the passphrase); <c>store.sealed</c> where it can't be trusted or is too short.</summary>
    public static Outcome<PassphraseSecret> Read(string path, Argon2idCost cost)
    {
        if (!PrivateFile.Read(path, "the passphrase", Longest).Is(out var file, out var refusal)) return refusal;
        using (file)
        {
            var length = file.Length;
            if (length > 0 && file.Span[length - 1] == (byte)'\n') length--;
            if (length >= Shortest) return new PassphraseSecret(file.Slice(0, length), cost);
            return new Refusal(RefusalCode.StoreSealed, $"the passphrase in {path} must have at least {Shortest} bytes");
        }
    }

    /// <inheritdoc/>
    public byte[] NewParameters() => new WireWriter().U8(Form).U32((uint)_cost.MemoryKiB).U32((uint)_cost.Passes)
        .Fixed(RandomNumberGenerator.GetBytes(Argon2id.SaltLength)).ToArray();

    /// <inheritdoc/>
    public Outcome<SecretBytes> Key(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length == 0 || parameters[0] != Form)
            return new Refusal(RefusalCode.StoreSealed, "the store is sealed by a key file, not by a passphrase: give --sealing-key-file");

        var reader = new WireReader(parameters[1..]);
        var (memory, passes) = (reader.U32(), reader.U32());
        var salt = reader.Fixed(Argon2id.SaltLength);
        if (!reader.End("the passphrase's parameters", out var refusal, RefusalCode.StoreTampered)) return refusal;
        if (!Argon2idCost.Parse((int)Math.Min(memory, int.MaxValue), (int)Math.Min(passes, int.MaxValue)).Is(out var cost, out refusal)) return refusal;
        return Argon2id.Derive(_passphrase, salt, cost, Aes256Gcm.KeyLength);
    }

    /// <inheritdoc/>
    public void Dispose() => _passphrase.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PassphraseSecret(redacted)";
}
