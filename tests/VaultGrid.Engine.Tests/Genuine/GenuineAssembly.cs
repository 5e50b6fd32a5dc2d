using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace VaultGrid.Engine.Tests.Genuine;

/// <summary>The public surface of an assembly of Orleans as published, read from its metadata without loading it.</summary>
internal sealed class GenuineAssembly
{
    private readonly Dictionary<string, HashSet<string>> _types = new(StringComparer.Ordinal);

    private readonly List<string> _public = [];

    public GenuineAssembly(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var reader = image.GetMetadataReader();
        var names = new SignatureNames();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            {
                _public.Add(names.GetTypeFromDefinition(reader, handle, 0));
            }

            _types[names.GetTypeFromDefinition(reader, handle, 0)] = [.. Members(reader, type, names)];
        }
    }

    /// <summary>The short names of the public types in a namespace.</summary>
    public IEnumerable<string> NamesIn(string space) => _public
        .Where(name => name.StartsWith(space + ".", StringComparison.Ordinal) && name.IndexOf('.', space.Length + 1) < 0)
        .Select(name => name[(space.Length + 1)..]);

    /// <summary>The visible members of a type, or null if the assembly has no such type.</summary>
    public IReadOnlySet<string>? MembersOf(string type) => _types.GetValueOrDefault(type);

    private static IEnumerable<string> Members(MetadataReader reader, TypeDefinition type, SignatureNames names)
    {
        foreach (var handle in type.GetMethods())
        {
            var method = reader.GetMethodDefinition(handle);
            if (!IsVisible(method.Attributes & MethodAttributes.MemberAccessMask))
            {
                continue;
            }

            var signature = method.DecodeSignature(names, null);
            var parameters = method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
                .ToDictionary(parameter => parameter.SequenceNumber, parameter => reader.GetString(parameter.Name));
            yield return DeclaredMembers.Method(
                reader.GetString(method.Name),
                method.Attributes.HasFlag(MethodAttributes.Static),
                signature.GenericParameterCount,
                signature.ParameterTypes.Select((parameterType, i) => $"{parameterType} {parameters.GetValueOrDefault(i + 1)}"),
                signature.ReturnType);
        }

        foreach (var handle in type.GetFields())
        {
            var field = reader.GetFieldDefinition(handle);
            if (IsVisible((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask)))
            {
                yield return DeclaredMembers.Field(
                    reader.GetString(field.Name), field.DecodeSignature(names, null), Value(reader, field));
            }
        }
    }

    private static bool IsVisible(MethodAttributes access) =>
        access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string? Value(MetadataReader reader, FieldDefinition field) => field.GetDefaultValue() is { IsNil: false } constant
        ? Convert.ToString(
            reader.GetBlobReader(reader.GetConstant(constant).Value).ReadConstant(reader.GetConstant(constant).TypeCode),
            System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
