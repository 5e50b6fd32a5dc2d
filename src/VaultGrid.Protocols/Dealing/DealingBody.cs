using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>What a dealer tells everybody: its polynomial in the exponent and, for a new key, that it knows the constant term.</summary>
internal sealed record DealingBody(FeldmanCommitment Commitment, PossessionProof? Proof)
{
    public static byte[] Write(DealingCeremony ceremony, PartyIndex dealer, SecretPolynomial polynomial)
    {
        var commitment = polynomial.Commit();

        // The constant term of a refresh is 0 by construction: it has no encoding, and needs none.
        var writer = new CanonicalWriter().List([.. commitment.Elements.Skip(ceremony.Kind == DealingKind.Refresh ? 1 : 0)], (w, element) => w.Element(element));
        if (ceremony.Kind != DealingKind.Generate) return writer.ToArray();
        var proof = PossessionProof.Make(ceremony.Binding, dealer, polynomial.Constant, commitment.Constant);
        return writer.Element(proof.R).Scalar(proof.Mu).ToArray();
    }

    /// <summary>Reads and checks, in this order: encoding, degree, constant term, proof.</summary>
    public static StepResult<DealingBody> Read(DealingCeremony ceremony, PartyIndex dealer, ReadOnlySpan<byte> body)
    {
        var reader = new CanonicalReader(body);
        var elements = reader.List((ref CanonicalReader r) => r.Element(ceremony.Group));
        var proof = ceremony.Kind == DealingKind.Generate ? new PossessionProof(reader.Element(ceremony.Group), reader.Scalar(ceremony.Group)) : null;
        if (!reader.Ended) return new ProtocolFault.Cheated(dealer, ProtocolCheck.Encoding);

        if (ceremony.Kind == DealingKind.Refresh) elements = [ceremony.Group.Identity, .. elements];
        if (elements.Count != ceremony.Degree + 1) return new ProtocolFault.Cheated(dealer, ProtocolCheck.CommitmentLength);
        if (ceremony.Kind == DealingKind.Reshare && !elements[0].Equals(ceremony.Previous!.PublicShare(dealer)))
            return new ProtocolFault.Cheated(dealer, ProtocolCheck.ConstantTerm);
        if (proof is not null && !proof.Holds(ceremony.Binding, dealer, elements[0])) return new ProtocolFault.Cheated(dealer, ProtocolCheck.Proof);
        return new DealingBody(new FeldmanCommitment(ceremony.Group, elements), proof);
    }

    /// <summary>What is committed to and acknowledged.</summary>
    public static Hash256 Digest(DealingCeremony ceremony, PartyIndex dealer, ReadOnlySpan<byte> body) =>
        Tagged.Hash("dealing", new CanonicalWriter().Hash(ceremony.Binding).Party(dealer).Bytes(body).Written);

    /// <summary>Checks a signed dealing: signature, the commitment to it (for a new key), then its content.</summary>
    public static StepResult<DealingBody> Open(DealingCeremony ceremony, CertifiedList? list, SignedMessage message)
    {
        if (!message.IsSigned(DealingCeremony.DealingMessageKind, ceremony.Binding, ceremony.Dealers))
            return new Refusal(RefusalCode.InputMalformed, "the dealing is not signed by its dealer for this ceremony");
        if (ceremony.Kind == DealingKind.Generate)
        {
            if (list?.List.Find(message.From) is not { } committed)
                return new Refusal(RefusalCode.InputMalformed, $"party {message.From} is no dealer of the certified list");
            if (committed != Digest(ceremony, message.From, message.Body.Span)) return new ProtocolFault.Cheated(message.From, ProtocolCheck.CommitmentOpening);
        }
        return Read(ceremony, message.From, message.Body.Span);
    }
}
