using System.Text;
using VaultGrid.Model.Certificates;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Dise;

namespace VaultGrid.Client.Secrets;

/// <summary>
/// Uses shared keys under one client's certificate, where their policies permit it. Believes nobody: keys are verified by their holders' signatures, signatures under
/// the key that was asked for, evaluations by their proofs. Safe from any thread.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="identity">Who calls; its certificate signs.</param>
/// <param name="authorities">What holders' certificates are verified by.</param>
/// <param name="time">The clock.</param>
public sealed class SharedKeyCaller(ISharedKeyGrid grid, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
{
    private const int Tries = 3;

    /// <summary>Asks for a key's evidence and verifies it.</summary>
    /// <param name="key">The hash of its birth record.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Outcome<VerifiedKey>> VerifyAsync(Hash256 key, CancellationToken cancellationToken)
    {
        if (!(await grid.GetEvidenceAsync(key, cancellationToken).ConfigureAwait(false)).Is(out var evidence, out var refusal)) return refusal;
        return VerifiedKey.Verify(key, evidence, authorities.Current, time.GetUtcNow());
    }

    /// <summary>Has a message signed, and verifies the signature under the account or output that was asked for.</summary>
    /// <returns>The signature; <c>enclave.fault</c> for one that does not verify, and what the grid refuses.</returns>
    public async Task<Outcome<MessageSignatureStatus>> SignAsync(VerifiedKey key, SignParameters parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!key.PublicKeyOf(parameters.Path, parameters.Subject.Tweak).Is(out var account, out var refusal)) return refusal;
        var awaited = new AwaitedSignature(parameters.Subject.Algorithm, account, parameters.Subject.Bytes);
        var answer = await CallAgain.AskAsync(
            time,
            async () =>
            {
                using var pen = new CallPen(identity, key, isAnswerSecret: false);
                return await grid.SignAsync(key.Key, pen.Sign(SignParameters.Action, parameters.ToBytes(), time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (!answer.Is(out var signed, out refusal)) return refusal;
        return PublicBytes.Equal(account, signed.PublicKey.Span) && awaited.Accepts(signed.Signature.Span)
            ? signed
            : new Refusal(RefusalCode.EnclaveFault, "what came is no signature of this key over this message");
    }

    /// <summary>Encrypts a message of at most <see cref="DiseCiphertext.MaximumMessage"/> bytes under this client's identity.</summary>
    public async Task<Outcome<Evaluated<byte[]>>> EncryptAsync(VerifiedKey key, SecretBytes message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (CheckEncrypts(key) is { } wrong) return wrong;
        var who = Encoding.UTF8.GetBytes(identity.Certificate.Identity.Uri);
        if (!DiseEncryption.Start(key.Shared, who, message).Is(out var encryption, out var refusal)) return refusal;
        using (encryption)
        {
            if (!(await CollectAsync(key, KeyCallRules.Encrypt, encryption.Combiner, cancellationToken).ConfigureAwait(false)).Is(out var blamed, out refusal)) return refusal;
            return encryption.Finish().Is(out var ciphertext, out var fault) ? new Evaluated<byte[]>(ciphertext.ToBytes(), blamed) : Missing(fault);
        }
    }

    /// <summary>Decrypts what some client encrypted under the key.</summary>
    /// <returns>The message, which the caller disposes of; <c>input.malformed</c> for a ciphertext that was changed.</returns>
    public async Task<Outcome<Evaluated<SecretBytes>>> DecryptAsync(VerifiedKey key, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (CheckEncrypts(key) is { } wrong) return wrong;
        if (!DiseCiphertext.Parse(ciphertext.Span).Is(out var parsed, out var refusal)) return refusal;
        using var decryption = new DiseDecryption(key.Shared, parsed);
        if (!(await CollectAsync(key, KeyCallRules.Decrypt, decryption.Combiner, cancellationToken).ConfigureAwait(false)).Is(out var blamed, out refusal)) return refusal;
        return decryption.Finish().Is(out var message, out var fault) ? new Evaluated<SecretBytes>(message, blamed) : Missing(fault);
    }

    private static Refusal? CheckEncrypts(VerifiedKey key) => key.Birth.Kind == KeyKind.Dise
        ? null
        : new Refusal(RefusalCode.InputUnsupported, $"a key of kind '{key.Birth.Kind.Name()}' encrypts nothing");

    private static Refusal Missing(ProtocolFault fault) => fault is ProtocolFault.Refused { Refusal: var refusal }
        ? refusal
        : new Refusal(RefusalCode.GridUnavailable, "too few holders gave a good evaluation");

    // Bad evaluations name their holder; others are asked with a fresh call, since a holder answers a call once.
    private async Task<Outcome<IReadOnlyList<Blame>>> CollectAsync(VerifiedKey key, string action, DiseCombiner combiner, CancellationToken cancellationToken)
    {
        var (version, blamed, asked) = (key.Certified.Version, new List<Blame>(), new List<NodeId>());
        var good = 0;
        for (var attempt = 0; attempt < Tries && good <= version.Faulty; attempt++)
        {
            using var pen = new CallPen(identity, key, isAnswerSecret: true);
            var call = pen.Sign(action, combiner.Input.ToBytes(), time.GetUtcNow()) with { Besides = asked.Count == 0 ? null : [.. asked] };
            if (!(await grid.EvaluateAsync(key.Key, call, cancellationToken).ConfigureAwait(false)).Is(out var answers, out var refusal))
            {
                if (!CallAgain.Helps(refusal.Code) || attempt + 1 == Tries) return refusal;
                await CallAgain.PauseAsync(time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            blamed.AddRange(answers.Blamed.Where(blame => blamed.TrueForAll(known => known.Node != blame.Node)));
            foreach (var evaluation in answers.Evaluations)
            {
                asked.Add(evaluation.Node);
                if (Take(pen, key, evaluation, combiner)) good++;
                else blamed.Add(new Blame(evaluation.Node, "evaluation", [], false));
            }
        }

        return good > version.Faulty ? blamed : new Refusal(RefusalCode.GridUnavailable, $"{good} holders gave good evaluations, and {version.Faulty + 1} are needed");
    }

    private static bool Take(CallPen pen, VerifiedKey key, KeyEvaluation evaluation, DiseCombiner combiner)
    {
        var version = key.Certified.Version;
        if (evaluation.Version != version.Hash() || evaluation.Share < 1 || evaluation.Share > version.Holders.Count || version.Holders[evaluation.Share - 1].Node != evaluation.Node) return false;
        return pen.Open(evaluation) is { } opened && DiseEvaluation.From(opened).Is(out var read, out _) && read.Party.Value == evaluation.Share && combiner.Add(read).Is(out _, out _);
    }
}

/// <summary>What came of evaluations, and who was no help.</summary>
/// <param name="Value">The value.</param>
/// <param name="Blamed">Holders that did not answer, or whose proofs do not hold.</param>
public sealed record Evaluated<T>(T Value, IReadOnlyList<Blame> Blamed);
