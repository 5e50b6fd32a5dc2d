#pragma warning disable CA5394 // reproducible bytes, not a secret
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>Changes bytes with an eye for what they are: lengths and counts, DER, JSON; and without one.</summary>
internal sealed class Mutation(Random random)
{
    private const int LongestInput = 128 * 1024;

    private static readonly uint[] Interesting = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
    private static readonly string[] Texts = ["", "null", "\u0000", "0", "-1", "1e400", "0x", "\\ud800", "ü", "../..", "vaultgrid://", new('a', 3000), "\"", "none"];

    /// <summary>Another input, made of one and at times of a second.</summary>
    public byte[] Next(byte[] from, byte[] other)
    {
        var bytes = random.Next(4) switch
        {
            0 when DerTree.Parse(from) is { } tree => OfDer(tree, other),
            0 or 1 when from is [(byte)'{', ..] && OfJson(from) is { } json => json,
            _ => from,
        };
        for (var changes = ReferenceEquals(bytes, from) ? 1 + random.Next(3) : random.Next(2); changes > 0; changes--) bytes = Change(bytes, other);
        return bytes.Length > LongestInput ? bytes[..LongestInput] : bytes;
    }

    private byte[] Change(byte[] from, byte[] other)
    {
        if (from.Length == 0) return [.. other.Take(random.Next(64))];
        var at = random.Next(from.Length);
        var length = Math.Min(from.Length - at, 1 + random.Next(random.Next(4) == 0 ? from.Length : 16));
        var bytes = (byte[])from.Clone();
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes[..at], .. other.Skip(other.Length == 0 ? 0 : random.Next(other.Length)).Take(length), .. bytes[at..]];
            case 6 when from.Length >= 4:
                var place = random.Next(from.Length - 3);
                var value = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(place));
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(place), random.Next(3) switch { 0 => value + 1, 1 => value - 1, _ => Interesting[random.Next(Interesting.Length)] });
                return bytes;
            case 7:
                return [.. bytes, .. other.Take(length)];
            default:
                bytes.AsSpan(at, length).Fill((byte)(random.Next(2) * 0xff));
                return bytes;
        }
    }

    private byte[] OfDer(DerTree tree, byte[] other)
    {
        var all = tree.All().ToList();
        var node = all[random.Next(all.Count)];
        var with = node.Children;
        switch (random.Next(6))
        {
            case 0:
                node.Tag = (byte)random.Next(256);
                break;
            case 1 when with is { Count: > 0 }:
                with.RemoveAt(random.Next(with.Count));
                break;
            case 2 when with is { Count: > 0 }:
                with.Insert(random.Next(with.Count + 1), with[random.Next(with.Count)]);
                break;
            case 3 when with is not null && DerTree.Parse(other) is { } donor:
                var parts = donor.All().ToList();
                with.Insert(random.Next(with.Count + 1), parts[random.Next(parts.Count)]);
                break;
            case 4 when with is { Count: > 1 }:
                with.Reverse();
                break;
            default:
                if (with is null) node.Content = Change(node.Content, other);
                break;
        }

        return tree.ToBytes();
    }

    private byte[]? OfJson(byte[] from)
    {
        try
        {
            var root = JsonNode.Parse(from)!.AsObject();
            var holder = root;
            while (holder.Count > 0 && random.Next(3) == 0 && holder.ElementAt(random.Next(holder.Count)).Value is JsonObject inner) holder = inner;
            if (holder.Count == 0) return null;
            var (name, value) = holder.ElementAt(random.Next(holder.Count));
            switch (random.Next(7))
            {
                case 0:
                    holder.Remove(name);
                    break;
                case 1:
                    holder[Texts[random.Next(Texts.Length)] + name] = value?.DeepClone();
                    break;
                case 2:
                    holder[name] = Texts[random.Next(Texts.Length)];
                    break;
                case 3:
                    holder[name] = random.Next(3) switch { 0 => null, 1 => JsonValue.Create(random.NextInt64()), _ => JsonValue.Create(random.NextDouble()) };
                    break;
                case 4:
                    JsonNode nest = new JsonArray();
                    for (var depth = random.Next(80); depth > 0; depth--) nest = new JsonArray(nest);
                    holder[name] = nest;
                    break;
                case 5:
                    // A member twice: what JsonNode can't hold.
                    var text = root.ToJsonString();
                    return Encoding.UTF8.GetBytes(text[..^1] + (text.Length > 2 ? "," : "") + JsonSerializer.Serialize(name) + ":1}");
                default:
                    holder.Remove(name);
                    holder[name] = value;
                    break;
            }

            return Encoding.UTF8.GetBytes(root.ToJsonString());
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
