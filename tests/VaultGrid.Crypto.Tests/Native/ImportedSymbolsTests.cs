using System.Reflection;
using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Tests;

/// <summary>imported-symbols.txt is the checked list of native functions that we call: "library function" a line, in order.</summary>
public sealed class ImportedSymbolsTests
{
    private static readonly string[] Listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Native", "imported-symbols.txt"));

    [Fact]
    public void The_list_holds_exactly_what_is_imported()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var imported = typeof(SecretBytes).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => method.GetCustomAttribute<DllImportAttribute>()!)
            .Select(import => $"{import.Value} {import.EntryPoint}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.NotEmpty(imported);
        Assert.Equal(imported, Listed);
    }

    [Fact]
    public void Every_function_is_in_the_real_library()
    {
        var assembly = typeof(SecretBytes).Assembly;
        foreach (var line in Listed)
        {
            var (library, function) = (line.Split(' ')[0], line.Split(' ')[1]);
            var handle = NativeDependency.All.SingleOrDefault(d => d.ImportName == library)?.Load(assembly, null) ?? NativeLibrary.Load("libc.so.6");
            Assert.True(NativeLibrary.TryGetExport(handle, function, out _), line);
        }
    }
}
