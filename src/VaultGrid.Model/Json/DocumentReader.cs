using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model.Json;

/// <summary>Reads the members of a document one by one; what nobody asked for is unknown, and unknown members are refused.</summary>
/// <remarks>The first fault sticks; <see cref="End"/> tells it. No value may be used before.</remarks>
internal sealed class DocumentReader
{
    /// <summary>How "no hash" is written where a state is replaced and there was none.</summary>
    public const string None = "none";

    private readonly CanonicalObject _document;
    private readonly RefusalCode _code;
    private readonly string _what;
    private readonly bool[] _known;
    private string? _fault;

    public DocumentReader(CanonicalObject document, RefusalCode code, string what, uint version, uint? newer = null)
    {
        (_document, _code, _what, _known) = (document, code, what, new bool[document.Count]);
        if (Value<CanonicalValue.Number>("v", "a whole number") is not { } number) return;
        if (number.Value != version && number.Value != newer) Fail($"its version is {number.Value}; this is written for version {newer ?? version}");
        IsNewer = number.Value != version;
    }

    /// <summary>True where the document is of the newer of two versions that are read.</summary>
    public bool IsNewer { get; }

    public delegate bool Parser<T>(string text, [NotNullWhen(true)] out T? value);

    public bool Has(string name) => _document.TryGet(name, out _, out _);

    public string Text(string name, int maxLength = 256)
    {
        var text = Value<CanonicalValue.Text>(name, "a string")?.Value ?? "";
        if (text.Length > maxLength) Fail($"member '{name}' is longer than {maxLength} characters");
        return text;
    }

    public T Parsed<T>(string name, Parser<T> parser, int maxLength = 256)
    {
        var text = Text(name, maxLength);
        if (_fault is null && parser(text, out var value)) return value;
        Fail($"member '{name}' has a value that it can't have");
        return default!;
    }

    public Hash256 Hash(string name) => Parsed<Hash256>(name, Hash256.TryParse);

    public Hash256? HashOrNone(string name) => Text(name) == None ? null : Hash(name);

    public DerivationPath Path(string name)
    {
        if (DerivationPath.Parse(Text(name)).Is(out var path, out _)) return path;
        Fail($"member '{name}' is not a derivation path such as m/44'/60'/0'/0/0");
        return DerivationPath.Master;
    }

    public ulong Number(string name) => Parsed<ulong>(name, Decimals.TryParse);

    public DateTimeOffset Time(string name) => Parsed<DateTimeOffset>(name, UtcTime.TryParse);

    public ImmutableArray<T> All<T>(string name, Parser<T> parser, int limit)
    {
        ImmutableArray<string> texts = Value<CanonicalValue.Texts>(name, "an array of strings") is { } listed ? listed.Values : [];
        if (texts.Length > limit)
        {
            Fail($"member '{name}' has more than {limit} items");
            return [];
        }

        var items = ImmutableArray.CreateBuilder<T>(texts.Length);
        foreach (var text in texts)
        {
            if (parser(text, out var item)) items.Add(item);
            else Fail($"member '{name}' has an item that it can't have");
        }

        return items.ToImmutable();
    }

    /// <summary>True once anything did not fit: what was read since may be missing.</summary>
    public bool Failed => _fault is not null;

    /// <summary>Records a fault that no single member shows.</summary>
    public void Fail(string why) => _fault ??= why;

    public bool End([NotNullWhen(false)] out Refusal? refusal)
    {
        for (var place = 0; place < _known.Length; place++)
        {
            if (!_known[place]) Fail($"member '{_document.NameAt(place)}' does not belong to it");
        }

        refusal = _fault is null ? null : new Refusal(_code, $"{_what} is not valid: {_fault}");
        return refusal is null;
    }

    private T? Value<T>(string name, string kind)
        where T : CanonicalValue
    {
        if (!_document.TryGet(name, out var value, out var place))
        {
            Fail($"member '{name}' is missing");
            return null;
        }

        _known[place] = true;
        if (value is T typed) return typed;
        Fail($"member '{name}' is not {kind}");
        return null;
    }
}
