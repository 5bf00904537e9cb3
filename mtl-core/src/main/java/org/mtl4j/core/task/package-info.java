/** What a task is: its label, its type, the rows it speaks about, its weights; and expressions. */
package org.mtl4j.core.task;
