package org.mtl4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TaskTypeTest {
  @Test
  void numbersAndSeparatorOfSetsAreChecked() {
    Map<String, ThrowingCallable> wrong =
        Map.of(
            "separator: expected one character, found \"\"",
            () -> new TaskType.Multilabel("", 1, 10),
            "separator: expected one character, found \"||\"",
            () -> new TaskType.Multilabel("||", 1, 10),
            "separator: expected one character, found \"\ud83d\"",
            () -> new TaskType.Multilabel("\ud83d", 1, 10),
            "min_count: expected at least 1, found 0",
            () -> new TaskType.Multilabel("|", 0, 10),
            "max_classes: expected 1 to 10000, found 0",
            () -> new TaskType.Multilabel("|", 1, 0),
            "max_classes: expected 1 to 10000, found 10001",
            () -> new TaskType.Multilabel("|", 1, 10_001));
    wrong.forEach(
        (message, call) ->
            assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
    assertThat(new TaskType.Multilabel("\ud83d\ude00", 1, 10).text().values("a\ud83d\ude00 b "))
        .containsExactly("a", "b");
  }

  @Test
  void typesTakeTheirOwnEncodingAlone() {
    Task moods =
        new Task(
            "moods",
            new TaskType.Multilabel("|", 1, 10),
            Expression.parse("moods"),
            new SampleSpace(Optional.of(Expression.parse("a == 1"))),
            Optional.empty(),
            1);
    FittedTask fitted = new FittedTask(moods, new LabelEncoding.ClassSet(List.of("x", "y")));
    assertThat(fitted.width()).isEqualTo(2);
    assertThat(moods.meaning()).isEqualTo("P(class in moods | a == 1)");
    assertThatThrownBy(() -> new FittedTask(moods, new LabelEncoding.Classes(List.of("x", "y"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task moods: Classes");
  }
}
