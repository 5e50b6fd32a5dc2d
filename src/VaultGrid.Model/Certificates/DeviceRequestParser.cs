namespace VaultGrid.Model.Certificates;

/// <summary>Reads a device's request: there is one encoding for each content, so a reader writes it again and compares.</summary>
internal static class DeviceRequestParser
{
    public static Outcome<DeviceRequest> Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > DeviceRequest.MaximumBytes)
            return new Refusal(RefusalCode.CertificateMalformed, $"a certificate request has at most {DeviceRequest.MaximumBytes} bytes");

        try
        {
            return Read(der.ToArray());
        }
        catch (Exception refused) when (Der.IsMalformed(refused))
        {
            return Malformed(refused.Message);
        }
    }

    private static Outcome<DeviceRequest> Read(ReadOnlyMemory<byte> der)
    {
        var frame = SignedDer.Read(der);
        var body = Der.Read(frame.Signed).ReadSequence();
        body.ReadInteger();
        body.ReadSequence();
        var spki = body.ReadEncodedValue();
        var attribute = body.ReadSetOf(DeviceRequestWriter.Attributes).ReadSequence();
        attribute.ReadObjectIdentifier();
        var extensions = CertificateExtensions.Read(attribute.ReadSetOf().ReadSequence());

        if (extensions.Find(CertificateExtensions.SubjectAltName) is not { } names || extensions.Find(VaultGridOid.ProvisioningPins) is not { } wrapped)
            return Malformed("it must ask for the node's URI and state the provisioning pins' hash");
        if (SubjectNames.Read(names).Identity.Node is not { } node) return Malformed("it must ask for the URI of one node");
        var pins = Der.Read(wrapped).ReadOctetString();
        if (pins.Length != DeviceRequest.PinsHashLength) return Malformed("the provisioning pins' hash has 32 bytes");
        if (!CertificateKey.Parse(spki.Span).Is(out var key, out var refusal)) return refusal;

        var statement = DeviceRequest.Statement(node, key, pins);
        if (!statement.AsSpan().SequenceEqual(frame.Signed.Span)) return Malformed("it holds more than a node's request does");
        if (!DeviceRequest.Assemble(statement, key, frame.Signature.Span).AsSpan().SequenceEqual(der.Span))
            return new Refusal(RefusalCode.CertificateWeak, "the request must be signed with ECDSA and SHA-256, or RSA-PSS with SHA-256 and salt 32");
        if (!key.VerifiesStatement(statement, frame.Signature.Span))
            return new Refusal(RefusalCode.CertificateKey, "the request isn't signed by the key in it");

        return new DeviceRequest(der, node, pins, key);
    }

    private static Refusal Malformed(string reason) =>
        new(RefusalCode.CertificateMalformed, $"not a certificate request of a node: {reason}");
}
