namespace VaultGrid.Enclave;

/// <summary>Verifies approved records that other enclaves of the cluster carried out, as of the time at which they did (protocols §2).</summary>
internal sealed class RecordCheck(CertificateGate certificates)
{
    /// <summary>Reads the request of a record; it must be of the own cluster.</summary>
    public static Outcome<RequestDocument> Read(ApprovedRecord record, VaultState state)
    {
        if (!RequestDocument.Parse(record.Request.Span).Is(out var document, out var refusal)) return refusal;
        return document.Request.IsFor(state.Node.Cluster)
            ? document
            : new Refusal(RefusalCode.RequestCluster, $"the record is of cluster {document.Request.Cluster}, this enclave of {state.Node.Cluster}");
    }

    /// <summary>Witness, its signature, the request's time, its quorum: all as of the record's time.</summary>
    /// <param name="record">The record.</param>
    /// <param name="document">Its request, read.</param>
    /// <param name="policies">The policies that govern it.</param>
    /// <param name="state">Authorities and cluster.</param>
    /// <param name="ofAnyCluster">True where a device of another cluster may have been the witness: for keys that several clusters share.</param>
    /// <returns>The witness.</returns>
    public Outcome<RoleCertificate> Verify(ApprovedRecord record, RequestDocument document, PolicyChain policies, VaultState state, bool ofAnyCluster = false)
    {
        var device = ofAnyCluster ? certificates.AnyDeviceAsOf(record.Witness.Span, state, record.Time) : certificates.DeviceAsOf(record.Witness.Span, state, record.Time);
        if (!device.Is(out var witness, out var refusal)) return refusal;
        var statement = ApprovedRecord.Statement(record.Request.Span, record.Document.Span, record.Time);
        if (!witness.Key.VerifiesStatement(statement, record.Signature.Span))
            return new Refusal(RefusalCode.ApprovalInvalid, $"the signature of {witness} is not over this record");
        if (!document.CheckTime(record.Time).Is(out _, out refusal)) return refusal;
        if (!policies.InForceAt(document.Request.Policy, record.Time).Is(out var policy, out refusal)) return refusal;

        var authorities = state.Authorities!;
        return ApprovalCheck.Check(
                document, record.Approvals, policy, certificates.Cache,
                certificate => ChainVerifier.VerifyAsOf(certificate, CertificateRole.Admin, authorities, record.Time))
            .Is(out _, out refusal) ? witness : refusal;
    }
}
