namespace VaultGrid.Client.Json;

internal sealed class ClusterIdConverter() : TextConverter<ClusterId>("a cluster number as a string, such as \"1\"")
{
    protected override bool TryParse(string text, out ClusterId value) => ClusterId.TryParse(text, out value);

    protected override string Format(ClusterId value) => value.ToString();
}

internal sealed class NodeIdConverter() : TextConverter<NodeId>("a node as cluster/node, such as \"1/2\"")
{
    protected override bool TryParse(string text, out NodeId value) => NodeId.TryParse(text, out value);

    protected override string Format(NodeId value) => value.ToString();
}

internal sealed class KeyIdConverter() : TextConverter<KeyId>("a key id: 1 to 64 of a-z, 0-9 and '-', starting with a letter")
{
    protected override bool TryParse(string text, out KeyId value) => KeyId.TryParse(text, out value);

    protected override string Format(KeyId value) => value.ToString();
}

internal sealed class RequestIdConverter() : TextConverter<RequestId>("a request id: a lower-case UUID")
{
    protected override bool TryParse(string text, out RequestId value) => RequestId.TryParse(text, out value);

    protected override string Format(RequestId value) => value.ToString();
}

internal sealed class HashConverter() : TextConverter<Hash256>("a hash: 0x and 64 lower-case hex digits")
{
    protected override bool TryParse(string text, out Hash256 value) => Hash256.TryParse(text, out value);

    protected override string Format(Hash256 value) => value.ToString();
}

internal sealed class TrustIdConverter() : TextConverter<TrustId>("a chain's id: a lower-case UUID")
{
    protected override bool TryParse(string text, out TrustId value) => TrustId.TryParse(text, out value);

    protected override string Format(TrustId value) => value.ToString();
}

internal sealed class DomainIdConverter() : TextConverter<DomainId>("a Domain's id: a lower-case UUID")
{
    protected override bool TryParse(string text, out DomainId value) => DomainId.TryParse(text, out value);

    protected override string Format(DomainId value) => value.ToString();
}
