/* Reads the same files as the other text benchmarks and makes text of each with GMime: parsed, the body part chosen, decoded to UTF-8. */

#define _GNU_SOURCE
#include <dirent.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static int is_file(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int text(const GByteArray *content)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)content->data, content->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	int found = 0;

	if (message) {
		GMimeObject *body = g_mime_message_get_body(message);
		if (body && GMIME_IS_TEXT_PART(body)) {
			char *words = g_mime_text_part_get_text(GMIME_TEXT_PART(body));
			found = words != NULL;
			g_free(words);
		}
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return found;
}

int main(int argc, char **argv)
{
	struct dirent **names;
	int count, index, failures = 0, rounds = 0;
	double octets = 0, least, start;
	GByteArray **files;

	if (argc < 3) return 2;
	least = atof(argv[2]);
	count = scandir(argv[1], &names, is_file, alphasort);
	if (count < 1) return 1;
	files = calloc(count, sizeof *files);
	for (index = 0; index < count; index++) {
		char *path, *data;
		gsize length;
		if (asprintf(&path, "%s/%s", argv[1], names[index]->d_name) < 0) return 1;
		if (!g_file_get_contents(path, &data, &length, NULL)) return 1;
		files[index] = g_byte_array_new_take((guint8 *)data, length);
		free(path);
	}
	g_mime_init();
	start = now();
	while (rounds == 0 || now() - start < least) {
		failures = 0;
		for (index = 0; index < count; index++) {
			octets += files[index]->len;
			if (!text(files[index])) failures++;
		}
		rounds++;
	}
	printf("%f %d\n", octets / (now() - start) / 1e6, failures);
	return 0;
}
