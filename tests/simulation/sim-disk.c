/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A disk, as a SQLite VFS. Each file is twice there: as programs see it (what was written), and as
 * it is on the platters (what was synced), with a map of the 512-byte sectors in which the two
 * differ. When a process dies the first remains; when the power goes, the second and a random part
 * of the difference. A sync that fails may do what Linux does: what it should have kept is taken
 * for kept, so no later sync writes it, and whoever reads sees it until the power goes. Only
 * writing it again brings it to the platters. One process and one connection at a time, as the lock
 * promises.
 */

#include "config.h"

#include "sim.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512
#define MAX_FILES 8
#define SHM_REGION 32768
#define MAX_REGIONS 4
#define DIRTY 1
#define FORGOTTEN 2
/* A page and what SQLite keeps of it. */
#define CACHED_SIZE (4096 + 512)
#define N_CACHED 400

typedef struct
{
  char *name;
  guint8 *data, *durable;
  gsize size, durable_size, room;
  gsize cut;     /* the smallest size since the last sync: what was behind it is gone together */
  gsize high;    /* whole sectors: behind it there are zeros in both copies */
  guint8 *dirty; /* one byte a sector: DIRTY, FORGOTTEN */
  gsize first_dirty; /* no sector before this one is DIRTY */
  guint8 *touched; /* one byte a sector: it may differ from @base, in either copy, or the two do */
  const GBytes *base; /* the library it began as; NULL: with zeros */
  guint n_dirty, n_forgotten;
  gboolean exists, durably_exists;
  guint8 *regions[MAX_REGIONS];
  gboolean mapped; /* the regions may have more in them than zeros */
} File;

typedef struct
{
  sqlite3_file base;
  File *file;
  gboolean delete_on_close;
} Handle;

static File files[MAX_FILES];
static GBytes *templates[SIM_N_PAGE_SIZES];

static gboolean is_frozen, is_spared, is_sound;
static SimDiskFault planned;
static guint fault_ops, fault_times, kill_ops;

/* --- Files --- */

static File *
find_file (const char *path, gboolean make)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  File *unused = NULL;

  for (guint i = 0; i < MAX_FILES; i++)
    {
      if (files[i].name != NULL && strcmp (files[i].name, name) == 0)
        return &files[i];
      if (files[i].name == NULL && unused == NULL)
        unused = &files[i];
    }
  if (!make)
    return NULL;
  g_assert (unused != NULL);
  unused->name = g_strdup (name);
  unused->cut = G_MAXSIZE;
  return unused;
}

static void
reserve (File *file, gsize size)
{
  gsize room = MAX (file->room, 64 * 1024);

  while (room < size)
    room *= 2;
  if (room == file->room)
    return;
  file->data = g_realloc (file->data, room);
  file->durable = g_realloc (file->durable, room);
  memset (file->data + file->room, 0, room - file->room);
  memset (file->durable + file->room, 0, room - file->room);
  file->dirty = g_realloc (file->dirty, room / SECTOR);
  file->touched = g_realloc (file->touched, room / SECTOR);
  memset (file->dirty + file->room / SECTOR, 0, (room - file->room) / SECTOR);
  memset (file->touched + file->room / SECTOR, 0, (room - file->room) / SECTOR);
  file->room = room;
}

static void
forget_marks (File *file)
{
  if (file->high > 0)
    {
      memset (file->dirty, 0, file->high / SECTOR);
      memset (file->touched, 0, file->high / SECTOR);
    }
  file->first_dirty = 0;
  file->n_dirty = file->n_forgotten = 0;
  file->cut = G_MAXSIZE;
}

static void
empty (File *file)
{
  if (file->high > 0)
    {
      memset (file->data, 0, file->high);
      memset (file->durable, 0, file->high);
    }
  forget_marks (file);
  file->size = file->durable_size = file->high = 0;
  file->base = NULL;
}

/* Makes it @base, which is whole sectors long. */
static void
begin_as (File *file, GBytes *base)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (base, &size);

  if (file->base != base)
    {
      empty (file);
      reserve (file, size);
      memcpy (file->data, data, size);
      memcpy (file->durable, data, size);
    }
  for (gsize at = 0; file->base == base && at < file->high; at += SECTOR)
    if (file->touched[at / SECTOR] && at < size)
      {
        memcpy (file->data + at, data + at, SECTOR);
        memcpy (file->durable + at, data + at, SECTOR);
      }
    else if (file->touched[at / SECTOR])
      {
        memset (file->data + at, 0, SECTOR);
        memset (file->durable + at, 0, SECTOR);
      }
  forget_marks (file);
  file->base = base;
  file->size = file->durable_size = file->high = size;
  file->exists = file->durably_exists = TRUE;
}

/* In place: a connection that is kept (sim-connection.c) knows where they are. */
static void
drop_shm (File *file)
{
  for (guint i = 0; file->mapped && i < MAX_REGIONS; i++)
    if (file->regions[i] != NULL)
      memset (file->regions[i], 0, SHM_REGION);
  file->mapped = FALSE;
}

/* Nobody has a log open any more: its index is made anew by whoever is next. */
void
sim_disk_drop_index (void)
{
  for (guint i = 0; i < MAX_FILES; i++)
    drop_shm (&files[i]);
}

static void
unmark (File *file, gsize sector)
{
  file->n_dirty -= file->dirty[sector] == DIRTY;
  file->n_forgotten -= file->dirty[sector] == FORGOTTEN;
  file->dirty[sector] = 0;
}

/* The durable copy ends where the file was cut. */
static void
cut_durable (File *file)
{
  if (file->cut < file->durable_size)
    {
      memset (file->durable + file->cut, 0, file->durable_size - file->cut);
      file->durable_size = file->cut;
    }
  file->cut = G_MAXSIZE;
}

static void
mark (File *file, gsize from, gsize to)
{
  file->first_dirty = MIN (file->first_dirty, from / SECTOR);
  for (gsize sector = from / SECTOR; sector * SECTOR < to; sector++)
    {
      file->touched[sector] = TRUE;
      if (file->dirty[sector] == DIRTY)
        continue;
      file->n_forgotten -= file->dirty[sector] == FORGOTTEN;
      file->dirty[sector] = DIRTY;
      file->n_dirty++;
    }
}

static void
copy_sector (File *file, gsize sector)
{
  memcpy (file->durable + sector * SECTOR, file->data + sector * SECTOR, SECTOR);
}

/* --- What goes wrong --- */

/* A write or sync is about to happen. FALSE: the process is dead by now. */
static gboolean
count_operation (SimDiskFault *fault)
{
  *fault = SIM_DISK_WELL;
  if (is_frozen)
    return FALSE;
  if (kill_ops > 0 && --kill_ops == 0)
    {
      sim_die (sim_current, "while it writes to its disk");
      return FALSE;
    }
  if (fault_ops > 0)
    fault_ops--;
  else if (fault_times > 0)
    *fault = planned;
  return TRUE;
}

static void
use_fault (const char *what)
{
  fault_times--;
  is_sound = FALSE;
  sim_tell (sim_current, "the disk: %s", what);
}

/* --- Methods of a file --- */

static int
handle_close (sqlite3_file *base)
{
  return SQLITE_OK;
}

static int
handle_read (sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
  File *file = ((Handle *)base)->file;
  gsize there = offset < (gint64)file->size ? MIN ((gsize)amount, file->size - offset) : 0;

  if (is_frozen)
    return SQLITE_IOERR_READ;
  if (planned == SIM_DISK_READ_ERROR && !is_spared && fault_ops == 0 && fault_times > 0)
    {
      use_fault ("a read fails");
      /* As SQLite's own disk calls an EIO, for a damaged page, and any other error. */
      return sim_chance (sim_current, 0.5) ? SQLITE_IOERR_CORRUPTFS : SQLITE_IOERR_READ;
    }
  if (there > 0)
    memcpy (buffer, file->data + offset, there);
  if (there == (gsize)amount)
    return SQLITE_OK;
  memset ((char *)buffer + there, 0, amount - there);
  return SQLITE_IOERR_SHORT_READ;
}

static void
write_bytes (File *file, const void *buffer, gsize amount, gsize offset)
{
  if (amount == 0)
    return;
  reserve (file, offset + amount);
  memcpy (file->data + offset, buffer, amount);
  mark (file, offset, offset + amount);
  file->size = MAX (file->size, offset + amount);
  file->high = MAX (file->high, (offset + amount + SECTOR - 1) / SECTOR * SECTOR);
}

static int
handle_write (sqlite3_file *base, const void *buffer, int amount, sqlite3_int64 offset)
{
  File *file = ((Handle *)base)->file;
  SimDiskFault fault;

  if (!count_operation (&fault))
    return SQLITE_IOERR_WRITE;
  switch (fault)
    {
    case SIM_DISK_WRITE_ERROR:
      use_fault ("a write fails");
      return SQLITE_IOERR_WRITE;
    case SIM_DISK_SHORT_WRITE:
      use_fault ("half of a write is written");
      write_bytes (file, buffer, amount / 2, offset);
      return SQLITE_IOERR_WRITE;
    case SIM_DISK_FULL:
      use_fault ("it is full");
      return SQLITE_FULL;
    default:
      write_bytes (file, buffer, amount, offset);
      return SQLITE_OK;
    }
}

static int
handle_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = ((Handle *)base)->file;
  SimDiskFault fault;

  if (!count_operation (&fault))
    return SQLITE_IOERR_TRUNCATE;
  if (fault == SIM_DISK_WRITE_ERROR)
    {
      use_fault ("a file can't be cut");
      return SQLITE_IOERR_TRUNCATE;
    }
  if ((gsize)size < file->size)
    {
      memset (file->data + size, 0, file->size - size);
      for (gsize sector = size / SECTOR; sector * SECTOR < file->size; sector++)
        {
          file->touched[sector] = TRUE;
          if (sector * SECTOR >= (gsize)size)
            unmark (file, sector);
        }
      file->size = size;
      file->cut = MIN (file->cut, (gsize)size);
    }
  return SQLITE_OK;
}

static int
handle_sync (sqlite3_file *base, int flags)
{
  File *file = ((Handle *)base)->file;
  SimDiskFault fault;

  if (!count_operation (&fault))
    return SQLITE_IOERR_FSYNC;
  if (fault == SIM_DISK_SYNC_ERROR || fault == SIM_DISK_SYNC_FORGETS)
    use_fault ("a sync fails");
  for (gsize sector = 0; fault == SIM_DISK_SYNC_FORGETS && sector * SECTOR < file->high; sector++)
    if (file->dirty[sector] == DIRTY)
      {
        file->dirty[sector] = FORGOTTEN;
        file->n_dirty--;
        file->n_forgotten++;
      }
  if (fault == SIM_DISK_SYNC_ERROR || fault == SIM_DISK_SYNC_FORGETS)
    return SQLITE_IOERR_FSYNC;
  cut_durable (file);
  for (gsize sector = file->first_dirty; file->n_dirty > 0; sector++)
    if (file->dirty[sector] == DIRTY)
      {
        copy_sector (file, sector);
        unmark (file, sector);
      }
  file->first_dirty = file->high / SECTOR;
  file->durable_size = file->size;
  file->durably_exists = TRUE;
  return SQLITE_OK;
}

static int
handle_file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = ((Handle *)base)->file->size;
  return SQLITE_OK;
}

static int
handle_lock (sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
handle_check_lock (sqlite3_file *base, int *out)
{
  *out = 0;
  return SQLITE_OK;
}

static int
handle_control (sqlite3_file *base, int op, void *arg)
{
  return SQLITE_NOTFOUND;
}

static int
handle_sector_size (sqlite3_file *base)
{
  return 4096;
}

static int
handle_characteristics (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
handle_shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
  File *file = ((Handle *)base)->file;

  g_assert (size == SHM_REGION && region < MAX_REGIONS);
  if (file->regions[region] == NULL && extend)
    file->regions[region] = g_malloc0 (SHM_REGION);
  file->mapped = TRUE;
  *out = file->regions[region];
  return SQLITE_OK;
}

static int
handle_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  gboolean exclusive = (flags & SQLITE_SHM_LOCK) && (flags & SQLITE_SHM_EXCLUSIVE);

  ((Handle *)base)->file->mapped = TRUE;
  if (is_frozen)
    return SQLITE_IOERR_SHMLOCK;
  if (exclusive && offset == 0 && planned == SIM_DISK_BUSY && fault_ops == 0 && fault_times > 0)
    {
      is_sound = FALSE;
      if (--fault_times == 0)
        sim_tell (sim_current, "the disk: the lock is free again");
      return SQLITE_BUSY;
    }
  return SQLITE_OK;
}

static void
handle_shm_barrier (sqlite3_file *base)
{
}

static int
handle_shm_unmap (sqlite3_file *base, int delete)
{
  drop_shm (((Handle *)base)->file);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = handle_close,
  .xRead = handle_read,
  .xWrite = handle_write,
  .xTruncate = handle_truncate,
  .xSync = handle_sync,
  .xFileSize = handle_file_size,
  .xLock = handle_lock,
  .xUnlock = handle_lock,
  .xCheckReservedLock = handle_check_lock,
  .xFileControl = handle_control,
  .xSectorSize = handle_sector_size,
  .xDeviceCharacteristics = handle_characteristics,
  .xShmMap = handle_shm_map,
  .xShmLock = handle_shm_lock,
  .xShmBarrier = handle_shm_barrier,
  .xShmUnmap = handle_shm_unmap,
};

/* --- Methods of the disk --- */

static void
make_file (File *file)
{
  empty (file);
  file->exists = TRUE;
  file->durably_exists = FALSE;
}

static int
disk_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  Handle *handle = (Handle *)base;

  base->pMethods = NULL;
  if (is_frozen)
    return SQLITE_CANTOPEN;
  handle->file = find_file (name != NULL ? name : "temporary", TRUE);
  if (name == NULL)
    empty (handle->file);
  if (!handle->file->exists)
    {
      if (!(flags & SQLITE_OPEN_CREATE))
        return SQLITE_CANTOPEN;
      make_file (handle->file);
    }
  base->pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  File *file = find_file (name, FALSE);

  if (is_frozen)
    return SQLITE_IOERR_DELETE;
  if (file == NULL || !file->exists)
    return SQLITE_IOERR_DELETE_NOENT;
  empty (file);
  file->exists = file->durably_exists = FALSE;
  return SQLITE_OK;
}

static int
disk_access (sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
  File *file = find_file (name, FALSE);

  *out = file != NULL && file->exists;
  return SQLITE_OK;
}

static int
disk_full_path (sqlite3_vfs *vfs, const char *name, int room, char *out)
{
  g_strlcpy (out, name, room);
  return SQLITE_OK;
}

static int
disk_random (sqlite3_vfs *vfs, int amount, char *out)
{
  /* Only salts and temporary names come from it. */
  memset (out, 42, amount);
  return amount;
}

static int
disk_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
disk_time (sqlite3_vfs *vfs, sqlite3_int64 *out)
{
  *out = (sim_current != NULL ? sim_current->now : START) / 1000
         + G_GINT64_CONSTANT (210866760000000);
  return SQLITE_OK;
}

static int
disk_last_error (sqlite3_vfs *vfs, int room, char *out)
{
  return 0;
}

/**
 * sim_disk_init:
 *
 * From now on every SQLite file of this process is on the simulated disk.
 */
void
sim_disk_init (void)
{
  /* One thread, many short lives: what costs time without telling anything is left out. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 1024, 1000);
  sqlite3_config (SQLITE_CONFIG_PAGECACHE, g_malloc (N_CACHED * CACHED_SIZE), CACHED_SIZE,
                  N_CACHED);
  static sqlite3_vfs vfs = {
    .iVersion = 2,
    .szOsFile = sizeof (Handle),
    .mxPathname = 512,
    .zName = "simulated",
    .xOpen = disk_open,
    .xDelete = disk_delete,
    .xAccess = disk_access,
    .xFullPathname = disk_full_path,
    .xRandomness = disk_random,
    .xSleep = disk_sleep,
    .xCurrentTimeInt64 = disk_time,
    .xGetLastError = disk_last_error,
  };

  g_assert (sqlite3_vfs_register (&vfs, 1) == SQLITE_OK);
}

/**
 * sim_disk_reopen:
 * @path: of a library
 *
 * As if it and its log were opened. A library that is not there yet is not opened again.
 */
gboolean
sim_disk_reopen (const char *path)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  File *file = find_file (path, FALSE);
  File *log = find_file (log_path, FALSE);

  if (is_frozen || file == NULL || !file->exists || log == NULL)
    return FALSE;
  if (!log->exists)
    make_file (log);
  return TRUE;
}

void
sim_disk_keep_template (SimPageSize pages)
{
  for (guint i = 0; i < MAX_FILES; i++)
    if (files[i].exists && g_str_has_suffix (files[i].name, ".db"))
      templates[pages] = g_bytes_new (files[i].data, files[i].size);
  g_assert (templates[pages] != NULL);
}

static void
clear_all_but (const File *file)
{
  sim_disk_drop_index ();
  for (guint i = 0; i < MAX_FILES; i++)
    if (files[i].name != NULL && &files[i] != file)
      {
        empty (&files[i]);
        files[i].exists = FALSE;
      }
}

/**
 * sim_disk_clear:
 *
 * An empty disk.
 */
void
sim_disk_clear (void)
{
  clear_all_but (NULL);
}

void
sim_disk_load_template (Sim *sim, SimPageSize pages)
{
  File *library = find_file (sim->paths->database, TRUE);

  clear_all_but (library);
  begin_as (library, templates[pages]);
  is_frozen = FALSE;
  is_sound = TRUE;
  planned = SIM_DISK_WELL;
  fault_ops = fault_times = kill_ops = 0;
}

void
sim_disk_plan_fault (SimDiskFault fault, guint ops, guint times)
{
  planned = fault;
  fault_ops = ops;
  fault_times = times;
}

void
sim_disk_spare (gboolean spared)
{
  is_spared = spared;
}

void
sim_disk_plan_kill (guint ops)
{
  kill_ops = ops;
}

void
sim_disk_freeze (gboolean frozen)
{
  is_frozen = frozen;
  if (frozen)
    kill_ops = 0;
  else
    sim_disk_drop_index ();
}

gboolean
sim_disk_is_frozen (void)
{
  return is_frozen;
}

/* The library was checked. */
void
sim_disk_call_sound (void)
{
  is_sound = TRUE;
}

/* Whether no power was lost and no disk fault has come since the library was checked, and nothing
 * is to be found by reading all of it. */
gboolean
sim_disk_is_sound (void)
{
  return is_sound && (planned != SIM_DISK_READ_ERROR || fault_times == 0);
}

static void
lose_file (File *file, double survives)
{
  gsize size;

  if (!file->durably_exists && !sim_chance (sim_current, survives))
    {
      empty (file);
      file->exists = FALSE;
      return;
    }
  /* What is written after a cut is in places of its own: without the cut it is not there. */
  if (file->cut < file->durable_size && !sim_chance (sim_current, survives))
    for (gsize sector = 0; sector * SECTOR < file->high; sector++)
      unmark (file, sector);
  else
    cut_durable (file);
  file->cut = G_MAXSIZE;
  size = file->durable_size;
  if (file->n_dirty > 0 && file->size > size && sim_chance (sim_current, survives))
    size = file->size;
  for (gsize sector = 0; file->n_dirty + file->n_forgotten > 0; sector++)
    {
      guint8 was = file->dirty[sector];

      unmark (file, sector);
      if (was != DIRTY)
        continue;
      if (sector * SECTOR < MAX (size, file->size) && sim_chance (sim_current, survives))
        {
          copy_sector (file, sector);
          size = MAX (size, MIN (file->size, (sector + 1) * SECTOR));
        }
    }
  /* Both copies end where the file ends: beyond it there are zeros. */
  if (file->high > size)
    memset (file->durable + size, 0, file->high - size);
  for (gsize at = 0; at < file->high; at += SECTOR)
    if (file->touched[at / SECTOR])
      memcpy (file->data + at, file->durable + at, SECTOR);
  file->size = file->durable_size = size;
  file->durably_exists = TRUE;
}

void
sim_disk_lose_power (void)
{
  static const double shares[] = { 0, 0.3, 0.7, 1 };
  double survives = shares[sim_between (sim_current, 0, G_N_ELEMENTS (shares) - 1)];

  is_sound = FALSE;
  for (guint i = 0; i < MAX_FILES; i++)
    if (files[i].name != NULL && files[i].exists && files[i].room > 0)
      lose_file (&files[i], survives);
}

/* What was forgotten behind the end of the file is nobody's. */
static gboolean
is_kept (const File *file)
{
  if (file->n_dirty > 0)
    return FALSE;
  for (gsize sector = 0; file->n_forgotten > 0 && sector * SECTOR < file->size; sector++)
    if (file->dirty[sector] == FORGOTTEN)
      return FALSE;
  return TRUE;
}

gboolean
sim_disk_is_synced (void)
{
  for (guint i = 0; i < MAX_FILES; i++)
    if (files[i].name != NULL && files[i].exists && !is_kept (&files[i])
        && g_str_has_suffix (files[i].name, "-wal"))
      return FALSE;
  return TRUE;
}
