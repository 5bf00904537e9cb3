package org.mtl4j.cli.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Prints answers and failures the way they were asked for: as text, or as one line of JSON. */
public final class Printer {
  private final Console console;
  private final boolean json;

  /**
   * A printer.
   *
   * @param json whether {@code --json} was given: then the last line of {@code out} is JSON, also
   *     when the command fails
   */
  public Printer(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Prints what a command found. */
  public void print(Answer answer) {
    if (json) {
      console.out().println(Json.line(answer.json()));
    } else {
      answer.text().forEach(console.out()::println);
    }
  }

  /** Prints every problem of a failure: what is wrong on one line, its remedy on the next. */
  public void print(MtlException failure) {
    print(failure.problems());
  }

  /** Prints problems on {@code err} and, with {@code --json}, as {@code {"problems": [...]}}. */
  public void print(List<Problem> problems) {
    for (Problem problem : problems) {
      String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
      console.note("error: " + where + problem.what());
      if (!problem.remedy().isEmpty()) {
        console.note("  " + problem.remedy());
      }
    }
    if (json) {
      console
          .out()
          .println(Json.line(Map.of("problems", problems.stream().map(Printer::map).toList())));
    }
  }

  private static Map<String, String> map(Problem problem) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("code", problem.code().name());
    map.put("where", problem.where());
    map.put("what", problem.what());
    map.put("remedy", problem.remedy());
    return map;
  }
}
