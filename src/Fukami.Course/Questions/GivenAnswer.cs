using System.Text.Json.Serialization;

namespace Fukami.Course;

/// <summary>What a learner answered.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChosenOptions), "options")]
[JsonDerivedType(typeof(GivenNumber), "number")]
[JsonDerivedType(typeof(GivenOrder), "order")]
[JsonDerivedType(typeof(GivenText), "text")]
[JsonDerivedType(typeof(DoesNotKnow), "unknown")]
[JsonDerivedType(typeof(KnewOnce), "forgotten")]
[JsonDerivedType(typeof(Skipped), "skipped")]
public abstract record GivenAnswer;
