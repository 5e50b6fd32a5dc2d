using System.Text;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>Reads an OTLP ExportTraceServiceRequest (opentelemetry-proto, trace/v1): resource spans (1), scope spans (2), spans (2).</summary>
internal static class SpanReader
{
    public static IEnumerable<Span> Read(ReadOnlyMemory<byte> request) =>
        from resourceSpans in Messages(request, 1)
        let service = Messages(resourceSpans, 1).SelectMany(resource => Tags(resource, 1)).FirstOrDefault(tag => tag.Key == "service.name").Value ?? ""
        from scope in Messages(resourceSpans, 2)
        from span in Messages(scope, 2)
        select new Span(service, Id(span, 1), Id(span, 2), Id(span, 4), Text(span, 5), Tags(span, 9).ToDictionary());

    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int number) =>
        ProtobufFields.Of(message).Where(field => field.Number == number).Select(field => field.Value);

    private static string Id(ReadOnlyMemory<byte> span, int number) =>
        Convert.ToHexStringLower(Messages(span, number).FirstOrDefault().Span);

    private static string Text(ReadOnlyMemory<byte> span, int number) => Encoding.UTF8.GetString(Messages(span, number).First().Span);

    // KeyValue: key (1), value (2); AnyValue: string (1), others as they are written.
    private static IEnumerable<KeyValuePair<string, string>> Tags(ReadOnlyMemory<byte> message, int number) =>
        from pair in Messages(message, number)
        let value = ProtobufFields.Of(Messages(pair, 2).First()).FirstOrDefault()
        select KeyValuePair.Create(Text(pair, 1), value.Number == 1 ? Encoding.UTF8.GetString(value.Value.Span) : Convert.ToHexStringLower(value.Value.Span));
}
