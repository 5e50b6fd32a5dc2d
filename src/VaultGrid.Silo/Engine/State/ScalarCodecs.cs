using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace VaultGrid.Silo.Engine.State;

/// <summary>The simple values that state may hold.</summary>
internal static class ScalarCodecs
{
    private static readonly Dictionary<Type, StateCodec> Known = new()
    {
        [typeof(bool)] = new ScalarCodec<bool>((writer, value) => writer.WriteBooleanValue(value), element => element.GetBoolean()),
        [typeof(byte)] = new ScalarCodec<byte>((writer, value) => writer.WriteNumberValue(value), element => element.GetByte()),
        [typeof(sbyte)] = new ScalarCodec<sbyte>((writer, value) => writer.WriteNumberValue(value), element => element.GetSByte()),
        [typeof(short)] = new ScalarCodec<short>((writer, value) => writer.WriteNumberValue(value), element => element.GetInt16()),
        [typeof(ushort)] = new ScalarCodec<ushort>((writer, value) => writer.WriteNumberValue(value), element => element.GetUInt16()),
        [typeof(int)] = new ScalarCodec<int>((writer, value) => writer.WriteNumberValue(value), element => element.GetInt32()),
        [typeof(uint)] = new ScalarCodec<uint>((writer, value) => writer.WriteNumberValue(value), element => element.GetUInt32()),
        [typeof(long)] = new ScalarCodec<long>((writer, value) => writer.WriteNumberValue(value), element => element.GetInt64()),
        [typeof(ulong)] = new ScalarCodec<ulong>((writer, value) => writer.WriteNumberValue(value), element => element.GetUInt64()),
        [typeof(decimal)] = new ScalarCodec<decimal>((writer, value) => writer.WriteNumberValue(value), element => element.GetDecimal()),
        [typeof(double)] = new ScalarCodec<double>((writer, value) => writer.WriteNumberValue(value), element => element.GetDouble()),
        [typeof(string)] = Text(value => value, text => text),
        [typeof(char)] = Text(value => value.ToString(), char.Parse),
        [typeof(Guid)] = Text(value => value.ToString("D"), text => Guid.ParseExact(text, "D")),
        [typeof(Uri)] = Text(value => value.OriginalString, text => new Uri(text, UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = Text(value => value.ToString(), Version.Parse),
        [typeof(BigInteger)] = Text(
            value => value.ToString(CultureInfo.InvariantCulture), text => BigInteger.Parse(text, CultureInfo.InvariantCulture)),
        [typeof(DateTime)] = Text(
            value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        [typeof(DateTimeOffset)] = Text(
            value => value.ToString("O", CultureInfo.InvariantCulture),
            text => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture)),
        [typeof(DateOnly)] = Text(
            value => value.ToString("O", CultureInfo.InvariantCulture), text => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)),
        [typeof(TimeOnly)] = Text(
            value => value.ToString("O", CultureInfo.InvariantCulture), text => TimeOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)),
        [typeof(TimeSpan)] = new ScalarCodec<TimeSpan>(
            (writer, value) => writer.WriteNumberValue(value.Ticks), element => TimeSpan.FromTicks(element.GetInt64())),
        [typeof(byte[])] = new ScalarCodec<byte[]>(
            (writer, value) => writer.WriteBase64StringValue(value), element => element.GetBytesFromBase64()),
        [typeof(ReadOnlyMemory<byte>)] = new ScalarCodec<ReadOnlyMemory<byte>>(
            (writer, value) => writer.WriteBase64StringValue(value.Span), element => element.GetBytesFromBase64()),
        [typeof(ImmutableArray<byte>)] = new ScalarCodec<ImmutableArray<byte>>(
            (writer, value) => writer.WriteBase64StringValue(value.IsDefault ? [] : value.AsSpan()),
            element => ImmutableCollectionsMarshal.AsImmutableArray(element.GetBytesFromBase64())),
    };

    public static StateCodec? TryGet(Type type)
    {
        if (Known.TryGetValue(type, out var codec))
        {
            return codec;
        }

        return type.IsEnum ? new EnumCodec(type) : null;
    }

    private static ScalarCodec<T> Text<T>(Func<T, string> write, Func<string, T> read)
        where T : notnull =>
        new((writer, value) => writer.WriteStringValue(write(value)), element => read(element.GetString()!));
}
