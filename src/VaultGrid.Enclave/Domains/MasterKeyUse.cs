namespace VaultGrid.Enclave;

/// <summary>What is done with an opened master key: wraps and opens file keys, decrypts, signs. Any thread.</summary>
internal sealed class MasterKeyUse(SessionKeys sessions)
{
    /// <summary>The version of the master key that a use needs; <c>domain.use</c> where the Domain's kind isn't for it.</summary>
    public static Outcome<uint> VersionFor(DomainParameters use, DomainKeys keys)
    {
        var kind = keys.Current.Kind;
        switch (use)
        {
            case DomainParameters.Encrypt:
                return kind == MasterKeyKind.Aes256 ? keys.Current.Version : NotFor(kind, "wrap file keys");
            case DomainParameters.DecryptFile decrypt:
                if (kind != MasterKeyKind.Aes256) return NotFor(kind, "open file keys");
                if (!FileHeader.Parse(decrypt.Header.Span).Is(out var header, out var refusal)) return refusal;
                return header.Domain == keys.Id.Value ? header.MasterVersion : new Refusal(RefusalCode.FileTampered, "the file belongs to another Domain");
            case DomainParameters.DecryptData decrypt:
                return kind == MasterKeyKind.Rsa3072 ? OrNewest(decrypt.Master, keys) : NotFor(kind, "decrypt data");
            case DomainParameters.Sign sign:
                return kind != MasterKeyKind.Aes256 ? OrNewest(sign.Master, keys) : NotFor(kind, "sign");
            default:
                return new Refusal(RefusalCode.CallInvalid, $"'{use.Action}' is no use of a master key");
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="use">What is asked.</param>
    /// <param name="domain">The Domain.</param>
    /// <param name="version">The master key's version.</param>
    /// <param name="master">The master key.</param>
    /// <param name="call">The call, admitted.</param>
    /// <param name="body">Its body's bytes.</param>
    public Outcome<DomainAnswer> Do(DomainParameters use, DomainId domain, uint version, OpenMaster master, AdmittedCall call, ReadOnlySpan<byte> body)
    {
        var result = use switch
        {
            DomainParameters.Encrypt encrypt => Encrypt(encrypt, domain, version, master.Key, call),
            DomainParameters.DecryptFile decrypt => DecryptFile(decrypt, master.Key, call, body),
            DomainParameters.DecryptData decrypt => DecryptData(decrypt, master.Key, call, body),
            DomainParameters.Sign sign => Sign(sign, master),
            _ => throw new InvalidOperationException("An unlisted use of a master key."),
        };
        return result.Is(out var bytes, out var refusal) ? new DomainAnswer(version, bytes) : refusal;
    }

    private Outcome<byte[]> Encrypt(DomainParameters.Encrypt encrypt, DomainId domain, uint version, MasterKey master, AdmittedCall call)
    {
        if (sessions.Find(encrypt.SessionKey) is not { } session || !session.TryHold(out var held))
            return new Refusal(RefusalCode.CallInvalid, "the file key is sealed to another enclave's session key, or to one that is over: ask for the session key again");
        using (held)
        {
            var context = CallSecrets.InCall(call.Body.Action, call.Body.Target, call.Caller.Key, call.Body.Nonce.Span);
            if (!SealedBox.Open(held.Value, context, [], encrypt.FileKey.Span).Is(out var fileKey, out _))
                return new Refusal(RefusalCode.CallInvalid, "the file key doesn't open: it was sealed for another call or another enclave");
            using (fileKey)
            {
                var wrapped = FileKeyWrap.Wrap(master.Secret, encrypt.StreamPart.Span, domain.Value, version, fileKey);
                return FileHeader.Create(encrypt.StreamPart.Span, domain.Value, version, wrapped).Is(out _, out var refusal) ? wrapped : refusal;
            }
        }
    }

    private static Outcome<byte[]> DecryptFile(DomainParameters.DecryptFile decrypt, MasterKey master, AdmittedCall call, ReadOnlySpan<byte> body)
    {
        if (!FileHeader.Parse(decrypt.Header.Span).Is(out var header, out var refusal)) return refusal;
        if (!FileKeyWrap.Unwrap(master.Secret, header).Is(out var fileKey, out refusal)) return refusal;
        using (fileKey) return SealedBox.Seal(call.AnswerKey, CallSecrets.InAnswer(body), [], fileKey);
    }

    private static Outcome<byte[]> DecryptData(DomainParameters.DecryptData decrypt, MasterKey master, AdmittedCall call, ReadOnlySpan<byte> body)
    {
        if (!RsaOaepPrivateKey.Import(master.Secret).Is(out var rsa, out var refusal)) return refusal;
        using (rsa)
        {
            if (!rsa.Decrypt(decrypt.Ciphertext.Span).Is(out var plaintext, out refusal)) return refusal;
            using (plaintext) return SealedBox.Seal(call.AnswerKey, CallSecrets.InAnswer(body), [], plaintext);
        }
    }

    private static Outcome<byte[]> Sign(DomainParameters.Sign sign, OpenMaster open)
    {
        var master = open.Key;
        var message = sign.Message.Span;
        if (master.Kind == MasterKeyKind.Ed25519) return Ed25519.Sign(master.Secret, message);
        if (message.Length != Hash256.Length) return new Refusal(RefusalCode.InputMalformed, $"this Domain signs digests of {Hash256.Length} bytes (SHA-256), not {message.Length} bytes");

        var digest = new Hash256(message);
        switch (master.Kind)
        {
            case MasterKeyKind.EcdsaP256:
                return open.SignP256(digest);
            case MasterKeyKind.EcdsaSecp256k1:
                if (!PrivateKey.From(master.Secret.Clone()).Is(out var secp, out var refusal)) return refusal;
                using (secp)
                {
                    var signature = secp.Sign(message);
                    return (byte[])[.. signature.Compact, (byte)signature.RecoveryId!.Value];
                }

            case MasterKeyKind.Rsa3072:
                if (!RsaPssPrivateKey.Import(master.Secret).Is(out var rsa, out refusal)) return refusal;
                using (rsa) return rsa.SignDigest(digest);
            default:
                throw new InvalidOperationException("An unlisted kind of master key.");
        }
    }

    private static uint OrNewest(uint version, DomainKeys keys) => version == 0 ? keys.Current.Version : version;

    private static Refusal NotFor(MasterKeyKind kind, string what) => new(RefusalCode.DomainUse, $"a master key of kind {kind} is not there to {what}");
}
